import { hkdfSync, randomBytes } from 'node:crypto'
import { access, chmod, link, mkdir, open, readFile, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { codeOf } from './process-state.ts'
import { StartRefusal } from './start-refusal.ts'

const KEY_BYTES = 32

/** `form`: sheets of plain forms. `code`: short codes, which a stolen database must not give away. `secondWay`: secrets of one-time codes.
 *  `tries`: whose wrong answers are counted. `fingerprint`: tells one server's key from another. */
export type KeyPurpose = 'form' | 'code' | 'secondWay' | 'tries' | 'fingerprint'
/** What to do about a key that is not the right one. */
export const BRING_KEY =
  'はじめの機械の server.key をここに写すか、控えから戻してください。もうどこにもないときは、一度だけ --new-key を付けて起動してください（README の「設定」）。'
export type KeyFor = (purpose: KeyPurpose) => Buffer

/** Derives a key of 32 bytes for each use (HKDF-SHA-256, RFC 5869). */
export function deriveKeys(serverKey: Buffer): KeyFor {
  return (purpose) => Buffer.from(hkdfSync('sha256', serverKey, '', `yorozu ${purpose}`, KEY_BYTES))
}

/** Reads the server's key from its file, or makes it at the first start: 256 random bits that only the program's user may read.
 *  Several machines on one database share it. `mayMake`: false where a new key could only be the wrong one.
 *  Throws a StartRefusal when the file is not a key. */
export async function readServerKey(path: string, mayMake = true): Promise<Buffer> {
  if (mayMake) await makeKeyFile(path)
  else if (!(await exists(path)))
    throw new StartRefusal(`${path} がありません。この市町村のデータは、ほかの鍵で始まっています。${BRING_KEY}`)
  const key = Buffer.from((await readFile(path, 'utf8')).trim(), 'hex')
  if (key.length !== KEY_BYTES) throw new StartRefusal(`${path} が壊れています。控えから戻してください。`)
  await chmod(path, 0o600)
  return key
}

/** Written aside and then given its name in one step: nobody ever reads half a key, and of several starts one makes it. */
async function makeKeyFile(path: string): Promise<void> {
  if (await exists(path)) return
  await mkdir(dirname(path), { recursive: true })
  const aside = `${path}.${randomBytes(4).toString('hex')}`
  try {
    const file = await open(aside, 'wx', 0o600)
    await file.writeFile(`${randomBytes(KEY_BYTES).toString('hex')}\n`)
    await file.sync()
    await file.close()
    await link(aside, path)
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
  } finally {
    await rm(aside, { force: true })
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
