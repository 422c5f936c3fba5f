import { mkdtemp, readFile, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { deriveKeys, readServerKey } from '#server/server-key.ts'

const newFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'yorozu-key-'))
const keyIn = (folder: string) => readServerKey(join(folder, 'server.key'))

test('the server’s key is made once, of 256 random bits, and nobody else on the machine can read it', async () => {
  const [one, other] = [await newFolder(), await newFolder()]
  const made = await Promise.all(Array.from({ length: 5 }, () => keyIn(one)))
  expect(new Set(made.map((key) => key.toString('hex'))).size).toBe(1)
  expect(made[0]).toHaveLength(32)
  expect(await keyIn(one)).toEqual(made[0])
  expect(await keyIn(other)).not.toEqual(made[0])
  expect((await stat(join(one, 'server.key'))).mode & 0o777).toBe(0o600)
})

test('a key file that others could read is closed at the next start', async () => {
  const folder = await newFolder()
  await writeFile(join(folder, 'server.key'), `${'ab'.repeat(32)}\n`, { mode: 0o644 })
  await keyIn(folder)
  expect((await stat(join(folder, 'server.key'))).mode & 0o777).toBe(0o600)
})

test('a broken key file is named, and never quietly replaced', async () => {
  const folder = await newFolder()
  await writeFile(join(folder, 'server.key'), 'not a key')
  await expect(keyIn(folder)).rejects.toThrow('控えから戻してください')
  expect(await readFile(join(folder, 'server.key'), 'utf8')).toBe('not a key')
})

test('each use has a key of its own, and none leads back to the server’s', () => {
  const serverKey = Buffer.alloc(32, 1)
  const keyFor = deriveKeys(serverKey)
  const purposes = ['form', 'code', 'secondWay', 'tries', 'fingerprint'] as const
  const keys = [...purposes.map(keyFor), serverKey].map((key) => key.toString('hex'))
  expect(new Set(keys).size).toBe(6)
  expect(keyFor('form')).toEqual(deriveKeys(serverKey)('form'))
  expect(keyFor('form')).not.toEqual(deriveKeys(Buffer.alloc(32, 2))('form'))
})
