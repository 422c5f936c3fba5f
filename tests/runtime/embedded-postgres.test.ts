import { spawn } from 'node:child_process'
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connectDatabase } from '#server/database.ts'
import { startEmbeddedPostgres } from '#server/embedded-postgres.ts'
import { chooseLauncher } from '#server/postgres-launcher.ts'
import { isReady } from '#server/postmaster.ts'
import { isRunning } from '#server/process-state.ts'
import { type AppProcess, startApp } from '../make/app-process.ts'

let root: string
let dataDir: string
const running: AppProcess[] = []

/** One folder for all tests here: each finds what the one before has left, as a city's does over the years. */
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'yorozu-runtime-'))
  dataDir = join(root, 'データ 保管庫')
})
afterAll(async () => {
  await Promise.all(running.map((app) => app.end('SIGKILL')))
  await rm(root, { recursive: true, force: true })
})

function start(folder = dataDir, env: Readonly<Record<string, string>> = {}, as: readonly string[] = []): AppProcess {
  const app = startApp({ env: { DATA_DIR: folder, ...env }, as })
  running.push(app)
  return app
}

async function serverPid(folder = dataDir): Promise<number> {
  return Number((await readFile(join(folder, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0])
}

test('the first start makes the folder and the database; stopping ends both and keeps what was written', async () => {
  const app = start()
  expect(await app.ready).toEqual([])
  expect(await app.keep('first')).toBe(true)
  const pid = await serverPid()
  expect(await app.end('SIGTERM')).toEqual({ code: 0, errors: '' })
  expect(isRunning(pid)).toBe(false)
  const again = start()
  expect(await again.ready).toEqual(['first'])
  expect(await again.end('SIGINT')).toEqual({ code: 0, errors: '' })
})

test('nobody else on the machine can read the data or the password', async () => {
  const modes = await Promise.all(
    ['', 'postgres', 'postgres/password', 'postgres.log'].map(
      async (path) => (await stat(join(dataDir, path))).mode & 0o77,
    ),
  )
  expect(modes).toEqual([0, 0, 0, 0])
})

test('a start broken off in the middle of making the database is made good by the next one', async () => {
  const folder = join(root, 'broken-off')
  const app = start(folder)
  const unfinished = async () =>
    (await readdir(folder).catch(() => [])).find((file) => /^postgres\.new-\w+$/.test(file))
  while (!(await stat(join(folder, (await unfinished()) ?? 'not yet', 'base')).catch(() => null))) await sleep(2)
  await app.end('SIGKILL')
  const again = start(folder)
  expect(await again.ready).toEqual([])
  expect(await unfinished()).toBeUndefined()
  await again.end('SIGTERM')
})

test('after a kill -9 the next start finds everything that was confirmed', async () => {
  const app = start()
  await app.ready
  expect(await app.keep('before the kill')).toBe(true)
  await app.end('SIGKILL')
  const again = start()
  expect(await again.ready).toEqual(['first', 'before the kill'])
  await again.end('SIGTERM')
})

test('after a kill -9 of the database as well, it recovers from its log', async () => {
  const app = start()
  await app.ready
  await app.keep('before both died')
  const pid = await serverPid()
  app.child.kill('SIGSTOP') // so that it cannot start the server anew
  process.kill(pid, 'SIGKILL')
  await app.end('SIGKILL')
  const again = start()
  expect((await again.ready).at(-1)).toBe('before both died')
  await again.end('SIGTERM')
})

test('a database server that dies is started again, and the product goes on', async () => {
  const app = start()
  const notes = await app.ready
  process.kill(await serverPid(), 'SIGKILL')
  while (!(await app.keep('after its death'))) await sleep(20)
  await app.end('SIGTERM')
  const again = start()
  expect(await again.ready).toEqual([...notes, 'after its death'])
  await again.end('SIGTERM')
})

test('a server that a killed process left running is ended, and the start goes on', async () => {
  const cluster = join(dataDir, 'postgres')
  const { postgres } = await chooseLauncher(cluster)
  const [command = '', ...args] = postgres.map((word) => (word === 'INT' ? 'clear' : word)) // outlives whoever started it
  const settings = ['listen_addresses=', `unix_socket_directories=${root}`].flatMap((setting) => ['-c', setting])
  const orphan = spawn(command, [...args, '-D', cluster, ...settings], {
    stdio: 'ignore',
    env: { LC_ALL: 'C', ...process.env },
  })
  while (!(await isReady(cluster, orphan.pid ?? 0))) await sleep(10)
  const app = start()
  expect(await app.ready).toContain('first')
  expect(isRunning(orphan.pid ?? 0)).toBe(false)
  await app.end('SIGTERM')
})

test.each([
  [
    'a process id that now belongs to another program',
    () => `${process.pid}\n/elsewhere\n1\n5432\n\n\n  0 0\nready   \n`,
  ],
  ['half a line', () => ''],
])('a leftover postmaster.pid with %s is no obstacle', async (_, content) => {
  await writeFile(join(dataDir, 'postgres', 'postmaster.pid'), content())
  const app = start()
  expect(await app.ready).toContain('first')
  await app.end('SIGTERM')
})

test('a folder whose path is too long for a socket works as well', async () => {
  const folder = join(root, 'とても長い名前のフォルダ'.repeat(4))
  const app = start(folder)
  expect(await app.ready).toEqual([])
  expect(await app.keep('over the loopback')).toBe(true)
  await app.end('SIGTERM')
})

test('what is confirmed is on the disk, and days, words and sorting are the same on every machine', async () => {
  const postgres = await startEmbeddedPostgres({ dir: dataDir })
  const { sql, close } = connectDatabase({ url: postgres.url('postgres') })
  const [settings] = await sql`
    select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit,
           current_setting('server_encoding') as encoding, current_setting('data_checksums') as checksums,
           lower('Ａ') as lower, (select count(*) > 0 from pg_collation where collname = 'ja-x-icu') as icu`
  expect(settings).toEqual({ fsync: 'on', commit: 'on', encoding: 'UTF8', checksums: 'on', lower: 'ａ', icu: true })
  await close()
  await postgres.stop()
})

test('data made by another major version is named, not touched', async () => {
  const version = join(dataDir, 'postgres', 'PG_VERSION')
  await writeFile(version, '17\n')
  await expect(start().ready).rejects.toThrow('データは PostgreSQL 17 で作られていて')
  await writeFile(version, '18\n')
})

/** A PATH on which these programs are there and refuse, as in a container or on another system. */
async function pathWithout(...names: readonly string[]): Promise<{ readonly PATH: string }> {
  const bin = await mkdtemp(join(root, 'bin-'))
  await chmod(bin, 0o755)
  for (const name of names) {
    await writeFile(join(bin, name), '#!/bin/sh\nexit 1\n')
    await chmod(join(bin, name), 0o755)
  }
  return { PATH: `${bin}:${process.env['PATH']}` }
}

/** PostgreSQL refuses to run as root, which a container or a small server often is. */
describe.runIf(process.getuid?.() === 0)('for root', () => {
  test('it runs with user namespaces and without, and moves between the two', async () => {
    const app = start(dataDir, await pathWithout('unshare'))
    expect(await app.ready).toContain('first')
    await app.end('SIGTERM')
    expect((await stat(join(dataDir, 'postgres'))).uid).not.toBe(0)
    const again = start()
    expect(await again.ready).toContain('first')
    await again.end('SIGTERM')
    const fresh = start(join(root, 'fresh'), await pathWithout('unshare'))
    expect(await fresh.ready).toEqual([])
    await fresh.end('SIGTERM')
  })

  test('where neither way is open, it says what to do', async () => {
    const app = start(join(root, 'neither'), await pathWithout('unshare', 'setpriv'))
    await expect(app.ready).rejects.toThrow('管理者（root）でない利用者で起動するか')
  })
})

describe.runIf(process.getuid?.() === 0)('for anybody else', () => {
  const as = ['/usr/bin/setpriv', '--reuid=65534', '--regid=65534', '--clear-groups']
  let folder: string
  beforeAll(async () => {
    await chmod(root, 0o755)
    folder = join(root, 'of-nobody')
    await mkdir(folder)
    await chown(folder, 65534, 65534)
  })

  test('it runs in a folder of their own, and names one that is not', async () => {
    const app = start(join(folder, 'data'), {}, as)
    expect(await app.ready).toEqual([])
    expect(await app.keep('of nobody')).toBe(true)
    await app.end('SIGTERM')
    await expect(start(join(root, 'of-root'), {}, as).ready).rejects.toThrow('に書き込めません（EACCES）')
  })

  test('where the system does not stop the server after a kill -9, the next start does', async () => {
    const env = await pathWithout('setpriv')
    const app = start(join(folder, 'data'), env, as)
    expect(await app.ready).toEqual(['of nobody'])
    await app.end('SIGKILL')
    const pid = await serverPid(join(folder, 'data'))
    expect(isRunning(pid)).toBe(true)
    const again = start(join(folder, 'data'), env, as)
    expect(await again.ready).toEqual(['of nobody'])
    expect(isRunning(pid)).toBe(false)
    await again.end('SIGTERM')
  })
})
