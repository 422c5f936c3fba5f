import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'

/** What may travel, in bytes of brotli 11 (1 KB = 1,024 bytes). Why our own and not a tool: docs/decisions/019-size-from-the-manifest.md */
const KB = 1024
const BUDGETS = [
  { what: 'JavaScript of the first public page', limit: 36.5 * KB, files: (build: Build) => build.firstPage('.js') },
  { what: 'CSS of the first public page', limit: 8 * KB, files: (build: Build) => build.firstPage('.css') },
  { what: 'everything until staff can work offline', limit: 160 * KB, files: (build: Build) => build.precached() },
]
/** Kept only by devices that use them, as in src/main.sw.ts. */
const FEW_READ = /main\.staff-words\.(en|ja-easy)-/
const PRECACHE_FILES_MAX = 25 // one failed file fails the whole installation of a worker: keep the list short

interface Chunk {
  readonly file: string
  readonly imports?: readonly string[]
  readonly css?: readonly string[]
}

interface Build {
  /** Files that the public page fetches by itself: the entry, what it imports, and the part it starts after the first paint. */
  firstPage(ending: '.js' | '.css'): readonly string[]
  /** Files that the worker keeps, itself included. */
  precached(): readonly string[]
}

/** Reads what Vite built. @throws when there is no build, or it has no first page. */
function readBuild(folder: string): Build {
  const manifestFile = join(folder, '.vite/manifest.json')
  if (!existsSync(manifestFile)) throw new Error('Nothing is built yet: run `npm run build` first.')
  const chunks = JSON.parse(readFileSync(manifestFile, 'utf8')) as Record<string, Chunk & { name?: string }>
  const first = Object.keys(chunks).filter((key) => key === 'src/main.client.tsx' || chunks[key]?.name === 'app')
  if (first.length !== 2)
    throw new Error('The build has no main.client and app: tests/size.ts no longer knows the first page.')
  const reached = new Set(first)
  for (const key of reached) for (const next of chunks[key]?.imports ?? []) reached.add(next)
  const scripts = [...reached].flatMap((key) => chunks[key]?.file ?? [])
  const styles = Object.values(chunks).flatMap((chunk) => [...(chunk.css ?? []), chunk.file])
  const all = [...new Set([...scripts, ...styles.filter((file) => file.endsWith('.css'))])]
  const worker = 'main.sw.js'
  const kept = [...readFileSync(join(folder, worker), 'utf8').matchAll(/"url":"([^"]+)"/g)].map(([, url]) => url ?? '')
  if (kept.length === 0) throw new Error('The worker keeps no files: tests/size.ts no longer finds its list.')
  return {
    firstPage: (ending) => all.filter((file) => file.endsWith(ending)),
    precached: () => [worker, ...kept.filter((url) => !url.startsWith('/') && !FEW_READ.test(url))],
  }
}

function main(): boolean {
  const folder = join(import.meta.dirname, '../dist/client')
  const build = readBuild(folder)
  const results = BUDGETS.map(({ what, limit, files }) => {
    const names = files(build)
    const bytes = names.reduce((sum, name) => sum + brotliCompressSync(readFileSync(join(folder, name))).length, 0)
    const isKept = bytes > 0 && bytes <= limit
    console.log(`${isKept ? 'ok  ' : 'OVER'} ${inKb(bytes)} of ${inKb(limit)}  ${what} (${names.length} files)`)
    return isKept
  })
  const count = build.precached().length
  const isShort = count <= PRECACHE_FILES_MAX
  console.log(`${isShort ? 'ok  ' : 'OVER'} ${count} of ${PRECACHE_FILES_MAX} files kept by the worker`)
  return isShort && results.every(Boolean)
}

function inKb(bytes: number): string {
  return `${(bytes / KB).toFixed(1).padStart(6)} KB`
}

process.exitCode = main() ? 0 : 1
