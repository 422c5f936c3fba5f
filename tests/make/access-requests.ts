import { randomBytes } from 'node:crypto'
import { BODIES } from './access-bodies.ts'
import type { Asker, Objects, SeededCity } from './access-world.ts'

/** What stands for a part of an address: the word before it and its name tell what it is. A new one fails until it has a line here. */
const PARTS: Readonly<Record<string, (objects: Objects, city: SeededCity) => string>> = {
  'sessions/:id': (objects) => objects.sessionId,
  'kpi/:year': (_, { product }) => product.kit.now().slice(0, 4),
  ':year/:indicatorId': (objects) => objects.indicatorId,
  'language/:language': () => 'en',
  'people/:id': (objects) => objects.learnerId,
  'export/:format': () => 'json',
  'staff/:id': (objects) => objects.staffId,
  'recovery/:id': (objects) => objects.recoveryId,
  'phones/:pairingId': (objects) => objects.pairingId,
  'demo/:role': () => 'organizer',
  ':role/:token': () => randomBytes(16).toString('base64url'),
}

/** The request of one route of the table about these objects, as whoever asks would send it. */
export function requestOf(
  route: string,
  { objects, asker, city }: { readonly objects: Objects; readonly asker: Asker; readonly city: SeededCity },
): Request {
  const [method = '', pattern = ''] = route.split(' ')
  const url = new URL(pathOf(pattern, objects, city), city.product.url)
  if (url.pathname === '/api/poke') url.searchParams.set('device', objects.deviceId)
  const headers = { Cookie: asker.cookie, 'Sec-Fetch-Site': 'same-origin', Host: url.host }
  if (method === 'GET') return new Request(url, { headers })
  const make = BODIES[route]
  if (make === undefined) throw new Error(`tests/make/access-bodies.ts has no body for ${route}`)
  const body = make(objects, asker, city)
  const isJson = url.pathname.startsWith('/api/')
  return new Request(url, {
    method,
    headers: { ...headers, ...(isJson && { 'Content-Type': 'application/json' }) },
    body: isJson ? JSON.stringify(body) : new URLSearchParams(body as Record<string, string>),
  })
}

function pathOf(pattern: string, objects: Objects, city: SeededCity): string {
  const parts = pattern.split('/')
  return parts
    .map((part, index) => {
      if (part === '*') return 'anything'
      if (!part.startsWith(':')) return part
      const key = `${parts[index - 1]}/${part}`
      const fill = PARTS[key]
      if (fill === undefined) throw new Error(`tests/make/access-requests.ts has nothing for ${key} of ${pattern}`)
      return fill(objects, city)
    })
    .join('/')
}

/** The names of all fields of a JSON value, at any depth. A name made of a kind and an id (`session:…`) counts as its kind. */
export function fieldNamesOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(fieldNamesOf)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => [key.split(':')[0] ?? '', ...fieldNamesOf(inner)])
}
