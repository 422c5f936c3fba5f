import ts from 'typescript'
import { type Check, type Fault, faultAt, matching, type Sources, visit } from './source.ts'

const PROGRAM = /^src\/(?!.*\.test\.tsx?$).*\.tsx?$/
const IN_BROWSER = /^src\/(?:client|ui|[^/]+\/client)\/|^src\/main\.sw\.ts$/

/** What can open a connection, and the only files that may take these names from it. Types are free: they open nothing. */
const DOORS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  'node:http': {},
  'node:https': {},
  'node:http2': {},
  'node:tls': {},
  'node:dgram': {},
  'node:dns': {},
  'node:dns/promises': {},
  'node:net': { isIP: ['src/'], createServer: ['src/server/embedded-postgres.ts'] },
  'node:child_process': {
    execFile: ['src/server/embedded-postgres.ts', 'src/server/postgres-launcher.ts', 'src/server/postmaster.ts'],
    spawn: ['src/server/embedded-postgres.ts'],
  },
  // The database of the configuration.
  pg: {
    pg: [
      'src/server/database.ts',
      'src/server/database-servers.ts',
      'src/server/listen.ts',
      'src/server/column-types.ts',
    ],
  },
}
const NEVER = ['XMLHttpRequest', 'WebSocket', 'WebTransport', 'RTCPeerConnection', 'sendBeacon', 'importScripts']

/** The server asks nobody but its database, a page nobody but its own server. */
export const reachesNobodyElse: Check = (sources) =>
  inProgram(sources, (node, path) => importedDoor(node, path) ?? forbiddenName(node) ?? foreignAddress(node, path))

function importedDoor(node: ts.Node, path: string): string | null {
  if (!ts.isImportDeclaration(node) || !ts.isStringLiteral(node.moduleSpecifier)) return null
  const door = DOORS[node.moduleSpecifier.text]
  if (door === undefined || node.importClause === undefined || node.importClause.isTypeOnly) return null
  const names = valuesOf(node.importClause)
  const taken = names.filter((name) => !(door[name] ?? []).some((start) => path.startsWith(start)))
  return taken.length === 0
    ? null
    : `takes ${taken.join(', ')} from ${node.moduleSpecifier.text}: a way to another host`
}

/** The names that an import brings; types are none. */
function valuesOf({ name, namedBindings }: ts.ImportClause): readonly string[] {
  const whole = name === undefined ? [] : [name.text]
  if (namedBindings === undefined) return whole
  if (ts.isNamespaceImport(namedBindings)) return [...whole, '*']
  return [...whole, ...namedBindings.elements.filter((one) => !one.isTypeOnly).map((one) => one.name.text)]
}

function forbiddenName(node: ts.Node): string | null {
  return ts.isIdentifier(node) && NEVER.includes(node.text) ? `${node.text} opens a connection of its own` : null
}

/** `fetch` and `EventSource` are for browsers, and for addresses of this site. */
function foreignAddress(node: ts.Node, path: string): string | null {
  if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return null
  const name = node.expression.getText().replace(/^(?:globalThis|window|self)\./, '')
  if (name !== 'fetch' && name !== 'EventSource') return null
  if (!IN_BROWSER.test(path)) return `${name} on the server: it asks nobody`
  return isOwnAddress(node.arguments?.[0]) ? null : `${name} of what is not visibly an address of this site`
}

/** Text that begins with one slash, or what the caller made of such. */
function isOwnAddress(address: ts.Expression | undefined): boolean {
  const text = address?.getText() ?? ''
  return text === 'path' || /^['"`]\/(?!\/)/.test(text)
}

const DIGESTS = ['createHash', 'createHmac', 'hkdfSync', 'hash']
const WEAK =
  /^(?:md[245]|sha-?1|sha-?224|ripemd.*|des(?:-.*)?|3des.*|rc[24].*|blowfish|bf-.*|aes-?\d*-?(?:cbc|ecb|ctr|cfb|ofb).*|rsa-oaep|rsassa.*)$/i
/** RFC 6238 as every app for changing numbers has it: an HMAC, for which SHA-1 is still sound. */
const TOTP_FILE = 'src/login/server/second-way-secrets.ts'

/** SHA-256, HMAC and HKDF with it, AES-256-GCM, and the chance of the machine: nothing else, and nothing of our own. */
export const namedCryptography: Check = (sources) =>
  inProgram(sources, (node, path) => otherDigest(node) ?? weakName(node, path) ?? guessableChance(node, path))

function otherDigest(node: ts.Node): string | null {
  if (!ts.isCallExpression(node) || !DIGESTS.includes(node.expression.getText())) return null
  const [first] = node.arguments
  return first?.getText() === `'sha256'` ? null : `${node.getText().slice(0, 40)}: not SHA-256`
}

function weakName(node: ts.Node, path: string): string | null {
  if (!ts.isStringLiteralLike(node) || !WEAK.test(node.text)) return null
  return path === TOTP_FILE && node.text === 'SHA1' ? null : `names ${node.text}`
}

/** Milliseconds to wait are no secret; everything else that takes chance takes it from `crypto`. */
function guessableChance(node: ts.Node, path: string): string | null {
  if (!ts.isPropertyAccessExpression(node) || node.getText() !== 'Math.random') return null
  return path === 'src/sync/client/sync-loop.ts' ? null : 'Math.random can be guessed'
}

function inProgram(sources: Sources, judge: (node: ts.Node, path: string) => string | null): readonly Fault[] {
  const faults: Fault[] = []
  for (const [path, text] of matching(sources, PROGRAM)) {
    visit(path, text, (node, file) => {
      const sentence = judge(node, path)
      if (sentence !== null) faults.push(faultAt(file, node, sentence))
    })
  }
  return faults
}

/** The packages that may bring cryptography along, each with a decision record. */
const TRUSTED = ['@simplewebauthn/browser', '@simplewebauthn/server', 'otpauth']
const CRYPTO_WORDS = /crypt|cipher|\bjwt|jose|hash|nacl|sodium|otp|webauthn|forge|pbkdf|scrypt|argon|sjcl/i

/** No package for cryptography but the named ones. */
export const namedCryptoPackages: Check = (sources) => {
  const { dependencies = {} } = JSON.parse(sources.get('package.json') ?? '{}') as { dependencies?: object }
  return Object.keys(dependencies)
    .filter((name) => CRYPTO_WORDS.test(name) && !TRUSTED.includes(name))
    .map((name) => `package.json: ${name} is not among the named packages for cryptography`)
}
