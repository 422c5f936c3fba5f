import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const ROOT = join(import.meta.dirname, '../..')
const LAST_FILE = join(ROOT, 'dist/render/render-page.js') // what the second and last build writes
const SOURCES = ['src', 'public', 'vite.config.ts']
const LOCK = join(ROOT, '.cache/build.lock')
const LOCK_OLD_MS = 60_000 // a build takes three seconds: a lock this old was left behind by a run that was killed

/** Makes sure that `dist` is what `src` says, once for all test files that ask at the same time. `npm test` has built it already. */
export async function ensureBuilt(): Promise<void> {
  while (!takeLock()) await sleep(100)
  try {
    if (isStale()) build()
  } finally {
    rmSync(LOCK, { recursive: true, force: true })
  }
}

function build(): void {
  const vite = join(ROOT, 'node_modules/vite/bin/vite.js')
  for (const args of [['build'], ['build', '--ssr']]) {
    execFileSync(process.execPath, [vite, ...args, '--logLevel', 'warn'], {
      cwd: ROOT,
      stdio: 'pipe',
      env: { ...process.env, NODE_ENV: 'production', VITEST: '' },
    })
  }
}

function isStale(): boolean {
  const built = statSync(LAST_FILE, { throwIfNoEntry: false })?.mtimeMs
  return built === undefined || built < Math.max(...SOURCES.map((source) => newest(join(ROOT, source))))
}

function newest(path: string): number {
  if (!statSync(path).isDirectory()) return statSync(path).mtimeMs
  const files = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return Math.max(0, ...files.map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs))
}

/** A folder can be made only once: whoever makes it, builds. */
function takeLock(): boolean {
  const taken = statSync(LOCK, { throwIfNoEntry: false })
  if (taken && Date.now() - taken.mtimeMs > LOCK_OLD_MS) rmSync(LOCK, { recursive: true, force: true })
  mkdirSync(join(LOCK, '..'), { recursive: true })
  try {
    mkdirSync(LOCK)
    return true
  } catch {
    return false
  }
}
