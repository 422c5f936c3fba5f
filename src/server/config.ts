import { isIP } from 'node:net'
import { join, resolve } from 'node:path'
import * as v from 'valibot'
import { err, ok, type Result } from '#kernel/result.ts'
import { words } from '#kernel/schema.ts'
import { addressesOf } from './database-servers.ts'
import { isPrivateConnection } from './remote-database.ts'

/** Everything that can be set from outside, read once at the start. */
export interface Config {
  /** A small fictional town to try everything in, with a link for each role. */
  readonly demo: boolean
  readonly host: string
  readonly port: number
  /** Absolute. */
  readonly dataDir: string
  /** The file of the server's key, absolute; `server.key` in the data folder unless said. All processes on one database have the same key. */
  readonly serverKeyFile: string
  /** Whether the city goes on with this key, although it was begun with another one. */
  readonly takesNewKey: boolean
  /** A PostgreSQL of one's own, one server or several; `null` for the embedded one. */
  readonly databaseUrl: string | null
  /** Where people reach it, behind a proxy, without a slash at the end; `null` for `http://host:port`. */
  readonly publicUrl: string | null
  /** How many proxies of our own stand in front; as many entries of `X-Forwarded-For` are believed. */
  readonly trustedProxies: number
  /** How many years the audit is kept (docs/rules.md#audit). */
  readonly auditYears: number
  readonly city: { readonly code: string; readonly name: string; readonly phone: string }
}

const SEE_README = '。README の「設定」をご覧ください。'

const NOT_ENCRYPTED =
  'DATABASE_URL がほかの機械を指すときは、途中で読まれないように、末尾に ?sslmode=require か、より厳しい ?sslmode=verify-full を付けてください' +
  SEE_README

// Without it, everybody behind the proxy would be counted as one.
const PROXIES_UNSAID =
  'PUBLIC_URL を決めたときは、前に立つプロキシの数も TRUST_PROXY に書いてください（ふつうは 1、ないときは 0）' +
  SEE_README

// A passkey belongs to a host name, and browsers make one only over https or on the machine itself.
const NO_PLACE_TO_SIGN_IN =
  'HOST をほかの機械から届くアドレスにするときは、職員が入れるように、PUBLIC_URL も https:// で始まるアドレスで書いてください' +
  SEE_README
const NOT_FOR_SIGNING_IN =
  'PUBLIC_URL は、職員が入れるように、https:// で始まる、名前のアドレスにしてください（数字のアドレスでは入れません）' +
  SEE_README

// A fictional town: 000000 is no municipality's code, and no telephone number begins like this.
const Environment = v.object({
  PORT: said(
    v.pipe(v.string(), v.regex(/^\d{1,5}$/), v.transform(Number), v.maxValue(65535)),
    '8080',
    'PORT は 0 から 65535 までの数字です',
  ),
  HOST: said(
    v.pipe(v.string(), v.regex(/^[A-Za-z0-9.:_-]+$/)),
    '127.0.0.1',
    'HOST は 127.0.0.1 や 0.0.0.0 のような待ち受けアドレスです',
  ),
  DATA_DIR: said(
    v.pipe(
      v.string(),
      v.check((path) => !path.includes('\0')),
    ),
    './data',
    'DATA_DIR はデータを置くフォルダです',
  ),
  SERVER_KEY_FILE: said(
    v.pipe(
      v.string(),
      v.check((path) => !path.includes('\0')),
    ),
    null,
    'SERVER_KEY_FILE は server.key のファイルです',
  ),
  DATABASE_URL: said(
    v.pipe(
      v.string(),
      v.check((text) => addressesOf(text).every((one) => isUrl(one, ['postgres:', 'postgresql:']))),
    ),
    null,
    'DATABASE_URL は postgres://利用者:合言葉@サーバー:5432/名前 の形です。サーバーが二つあるときは、あいだにコンマを書きます', // never shown back: it holds a password
  ),
  PUBLIC_URL: said(
    v.pipe(
      v.string(),
      v.check((text) => isUrl(text, ['https:', 'http:'])),
      v.transform((text) => text.replace(/\/+$/, '')),
    ),
    null,
    'PUBLIC_URL は https://yorozu.example.jp のような、利用者が開くアドレスです',
  ),
  TRUST_PROXY: said(
    v.pipe(v.string(), v.regex(/^[0-9]$/), v.transform(Number)),
    null,
    'TRUST_PROXY は、前に立つプロキシの数です（0 から 9）',
  ),
  AUDIT_YEARS: said(
    v.pipe(v.string(), v.regex(/^(?:[1-9]|10)$/), v.transform(Number)),
    '3',
    'AUDIT_YEARS は、監査の記録を残す年数です（1 から 10）',
  ),
  CITY_CODE: said(
    v.pipe(v.string(), v.check(isCityCode)),
    '000000',
    'CITY_CODE は全国地方公共団体コードで、検査数字まで含めた6桁です',
  ),
  CITY_NAME: said(words(40), 'うみかぜ町', 'CITY_NAME は市町村の名前で、40文字までです'),
  CITY_PHONE: said(
    v.pipe(v.string(), v.regex(/^0\d{1,4}-\d{1,4}-\d{3,4}$/)),
    '0000-00-0000',
    'CITY_PHONE は画面に出す電話番号で、0996-12-3456 のように半角の数字とハイフンで書きます',
  ),
})

/** Reads the environment and the words of the command line. Refuses with one sentence for each thing that is wrong, all of them at once. */
export function readConfig(
  environment: Readonly<Record<string, string | undefined>>,
  args: readonly string[],
): Result<Config, readonly string[]> {
  const given = v.safeParse(Environment, environment)
  const wrong = (given.issues ?? []).map((issue) => issue.message)
  const unknown = args.filter((arg) => arg !== '--demo' && arg !== '--new-key')
  if (unknown.length > 0)
    wrong.push(`起動のことば ${unknown.join(' ')} は分かりません。使えるのは --demo と --new-key です。`)
  const demo = args.includes('--demo')
  if (given.success) wrong.unshift(...togetherWrong(given.output), ...(demo ? [] : signInWrong(given.output)))
  if (!given.success || wrong.length > 0) return err(wrong)
  const { PORT, HOST, DATA_DIR, DATABASE_URL, PUBLIC_URL, TRUST_PROXY, AUDIT_YEARS, CITY_CODE, CITY_NAME, CITY_PHONE } =
    given.output
  return ok({
    demo,
    host: HOST,
    port: PORT,
    dataDir: resolve(DATA_DIR),
    serverKeyFile: resolve(given.output.SERVER_KEY_FILE ?? join(DATA_DIR, 'server.key')),
    takesNewKey: args.includes('--new-key'),
    databaseUrl: DATABASE_URL,
    publicUrl: PUBLIC_URL,
    trustedProxies: TRUST_PROXY ?? 0,
    auditYears: AUDIT_YEARS,
    city: { code: CITY_CODE, name: CITY_NAME, phone: CITY_PHONE },
  })
}

/** What each value alone does not show. */
function togetherWrong({
  DATABASE_URL,
  PUBLIC_URL,
  TRUST_PROXY,
}: v.InferOutput<typeof Environment>): readonly string[] {
  return [
    ...(DATABASE_URL !== null && !addressesOf(DATABASE_URL).every(isPrivateConnection) ? [NOT_ENCRYPTED] : []),
    ...(PUBLIC_URL !== null && TRUST_PROXY === null ? [PROXIES_UNSAID] : []),
  ]
}

/** Why staff could not sign in here. The demo has links instead. */
function signInWrong({ HOST, PUBLIC_URL }: v.InferOutput<typeof Environment>): readonly string[] {
  if (PUBLIC_URL === null) return isLoopback(HOST) ? [] : [NO_PLACE_TO_SIGN_IN]
  const { protocol, hostname } = new URL(PUBLIC_URL)
  if (hostname === 'localhost') return []
  const isNumbers = isIP(hostname.replaceAll(/[[\]]/g, '')) !== 0
  return protocol === 'https:' && !isNumbers ? [] : [NOT_FOR_SIGNING_IN]
}

/** Where people open the product: scheme, host and port. On the machine itself by its name, since an address in numbers has no passkeys. */
export function originOf({ publicUrl, host }: Pick<Config, 'publicUrl' | 'host'>, port: number): string {
  if (publicUrl !== null) return new URL(publicUrl).origin
  const isHere = isLoopback(host) || host === '0.0.0.0' || host === '::'
  return `http://${isHere ? 'localhost' : host}:${port}`
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)
}

/** A variable that may be left out or empty; whatever is wrong with it, people read the one sentence. */
function said<Output, Default extends string | null>(
  schema: v.GenericSchema<string, Output>,
  fallback: Default,
  sentence: string,
) {
  const wanted = v.pipe(
    v.optional(v.string(), ''),
    v.transform((text) => (text.trim() === '' ? null : text.trim())),
    v.rawTransform(({ dataset, addIssue, NEVER }) => {
      const text = dataset.value ?? fallback
      if (text === null) return null
      const read = v.safeParse(schema, text)
      if (read.success) return read.output
      addIssue({ message: sentence + SEE_README })
      return NEVER
    }),
  )
  return wanted as v.GenericSchema<string | undefined, Output | (Default extends null ? null : never)>
}

function isUrl(text: string, protocols: readonly string[]): boolean {
  const url = URL.parse(text)
  return url !== null && protocols.includes(url.protocol)
}

/** 検査数字: the last digit follows from the five before it (総務省「全国地方公共団体コード仕様」). 000000 is the demo's. */
function isCityCode(text: string): boolean {
  if (!/^\d{6}$/.test(text)) return false
  const digits = [...text].map(Number)
  const sum = [6, 5, 4, 3, 2].reduce((total, weight, index) => total + weight * (digits[index] ?? 0), 0)
  return text === '000000' || (11 - (sum % 11)) % 10 === digits[5]
}
