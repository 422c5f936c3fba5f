import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { holdDataFolder } from '#server/data-folder.ts'
import { startTimeOf } from '#server/process-state.ts'
import { type AppProcess, startApp } from '../make/app-process.ts'

let dataDir: string
let running: AppProcess[]
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'yorozu-folder-'))
  running = []
})
afterEach(async () => {
  await Promise.all(running.map((app) => app.end('SIGKILL')))
  await rm(dataDir, { recursive: true, force: true, maxRetries: 5 })
})

function start(): AppProcess {
  const app = startApp({ env: { DATA_DIR: dataDir } })
  running.push(app)
  return app
}

test('a second process on one folder names the first and ends; the first goes on', async () => {
  const first = start()
  await first.ready
  const second = await start().ended
  expect(second.code).toBe(1)
  expect(second.errors).toBe(
    `データフォルダ ${dataDir} は、動いている「よろず」（プロセス番号 ${first.child.pid}）が使っています。そちらを止めてから起動してください。\n`,
  )
  expect(await first.keep('unharmed')).toBe(true)
  expect(await first.end('SIGTERM')).toEqual({ code: 0, errors: '' })
})

test('of five processes started together one runs and four name it', async () => {
  const apps = [start(), start(), start(), start(), start()]
  const outcomes = await Promise.allSettled(apps.map((app) => app.ready))
  const refused = outcomes.filter((outcome) => outcome.status === 'rejected')
  expect(refused).toHaveLength(4)
  for (const { reason } of refused) expect(String(reason)).toContain('が使っています')
  const winner = apps[outcomes.findIndex((outcome) => outcome.status === 'fulfilled')]
  expect(await winner?.keep('unharmed')).toBe(true)
})

test.each([
  ['of a process that is no more', JSON.stringify({ pid: 4_194_304, startedAt: null })],
  [
    'whose process id now belongs to another program',
    JSON.stringify({ pid: process.pid, startedAt: 'another boot/1' }),
  ],
  ['torn by a power cut', '{"pid":1'],
  ['emptied by a power cut', ''],
])('a lock %s is taken over', async (_, lock) => {
  await writeFile(join(dataDir, 'yorozu.lock'), lock)
  const folder = await holdDataFolder(dataDir)
  expect(await readFile(join(dataDir, 'yorozu.lock'), 'utf8')).toContain(`"pid":${process.pid},`)
  await folder.release()
})

test('the lock of a living process is left alone, also when its start time is not known', async () => {
  for (const startedAt of [startTimeOf(process.ppid), null]) {
    const lock = JSON.stringify({ pid: process.ppid, startedAt })
    await writeFile(join(dataDir, 'yorozu.lock'), lock)
    await expect(holdDataFolder(dataDir)).rejects.toThrow(`プロセス番号 ${process.ppid}`)
    expect(await readFile(join(dataDir, 'yorozu.lock'), 'utf8')).toBe(lock)
  }
})

test('a released folder can be taken again', async () => {
  const folder = await holdDataFolder(dataDir)
  await folder.release()
  const again = await holdDataFolder(dataDir)
  expect(again.path).toBe(dataDir)
  await again.release()
})
