import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { type Context, Hono } from 'hono'

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
}
const ENCODINGS = [
  { name: 'br', ending: '.br' },
  { name: 'gzip', ending: '.gz' },
] as const

/** A name with its content's number in it: whoever has it, has it for good. */
const FOREVER = 'public, max-age=31536000, immutable'
/** May be kept, but is asked for each time. */
const ASK_AGAIN = 'no-cache'

const WORKER_FILE = 'main.sw.js'
const SHELL_REVISION = 'SHELL_REVISION'

interface StaticFile {
  readonly type: string
  readonly cache: string
  readonly tag: string
  readonly bodies: {
    readonly plain: Buffer<ArrayBuffer>
    readonly br?: Buffer<ArrayBuffer>
    readonly gzip?: Buffer<ArrayBuffer>
  }
}

export interface StaticOptions {
  /** Folder of the browser's build: `dist/client`. */
  readonly folder: string
  /** The shell as GET /shell answers it. The worker fetches it again whenever a word of it changes. */
  readonly shell: string
}

/** The built files, and /sw.js. Read once at start: the list of files is the list of addresses, so no path can lead out of the folder. */
export async function staticFiles({ folder, shell }: StaticOptions): Promise<Hono> {
  const files = await readFiles(folder)
  files.set('/sw.js', await readWorker(folder, shell))
  const app = new Hono()
  for (const [path, file] of files) app.get(path, (c) => answer(c, file))
  return app
}

async function readFiles(folder: string): Promise<Map<string, StaticFile>> {
  const names = await readdir(folder, { recursive: true })
  const known = new Set(names)
  const served = names.filter((name) => extname(name) in TYPES && name !== WORKER_FILE)
  const entries = await Promise.all(
    served.map(async (name): Promise<[string, StaticFile]> => {
      const path = `/${name.split(sep).join('/')}`
      const plain = await readFile(join(folder, name))
      const packed = await Promise.all(
        ENCODINGS.filter(({ ending }) => known.has(name + ending)).map(
          async (encoding) => [encoding.name, await readFile(join(folder, name + encoding.ending))] as const,
        ),
      )
      const cache = path.startsWith('/assets/') ? FOREVER : ASK_AGAIN
      return [path, makeFile(name, cache, { plain, ...Object.fromEntries(packed) })]
    }),
  )
  return new Map(entries)
}

async function readWorker(folder: string, shell: string): Promise<StaticFile> {
  const built = await readFile(join(folder, WORKER_FILE), 'utf8')
  const plain = Buffer.from(built.replaceAll(SHELL_REVISION, numberOf(shell)))
  return makeFile(WORKER_FILE, ASK_AGAIN, { plain, br: brotliCompressSync(plain), gzip: gzipSync(plain) })
}

function makeFile(name: string, cache: string, bodies: StaticFile['bodies']): StaticFile {
  return { type: TYPES[extname(name)] ?? 'application/octet-stream', cache, tag: `"${numberOf(bodies.plain)}"`, bodies }
}

function answer(c: Context, { type, cache, tag, bodies }: StaticFile): Response {
  const accepted = c.req.header('Accept-Encoding') ?? ''
  const encoding = ENCODINGS.find(({ name }) => accepted.includes(name) && bodies[name] !== undefined)?.name
  c.header('Cache-Control', cache)
  c.header('Vary', 'Accept-Encoding')
  c.header('ETag', tag)
  if (c.req.header('If-None-Match') === tag) return c.body(null, 304)
  c.header('Content-Type', type)
  if (encoding !== undefined) c.header('Content-Encoding', encoding)
  return c.body((encoding && bodies[encoding]) ?? bodies.plain)
}

function numberOf(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 16)
}
