import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import preact from '@preact/preset-vite'
import { defineConfig, type Plugin, type Rolldown } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'

const CLIENT = 'dist/client'
const RENDER = 'dist/render'

/** Two builds: `vite build` for the browser, `vite build --ssr` for the server that writes the pages' first words. */
export default defineConfig(({ isSsrBuild }) => ({
  appType: 'custom',
  define: { 'process.env.NODE_ENV': '"production"' },
  plugins: [
    preact({ prefreshEnabled: false, devToolsEnabled: false }),
    ...(isSsrBuild ? [] : [plainImports(), noRuntimeFile(), worker(), compressed()]),
  ],
  publicDir: isSsrBuild ? false : 'public',
  ssr: { noExternal: true },
  build: isSsrBuild
    ? {
        outDir: RENDER,
        ssr: true,
        target: 'node22',
        rollupOptions: { input: 'src/main.render.tsx', output: { entryFileNames: 'render-page.js' } },
      }
    : {
        outDir: CLIENT,
        manifest: true,
        target: 'es2022', // phones from about 2020 on; the types allow no newer library either
        cssCodeSplit: false, // one stylesheet: nothing jumps when a page comes alive
        modulePreload: false,
        assetsInlineLimit: 0,
        rollupOptions: {
          input: 'src/main.client.tsx',
          output: { codeSplitting: { includeDependenciesRecursively: false, groups: [{ name: chunkOf }] } },
          treeshake: { manualPureFunctions: ['v', 'operation', 'reference', 'words'] },
        },
      },
}))

/** Vite wraps each `import()` to fetch its styles first. We have one stylesheet, so a kilobyte of every first visit is spared. */
function plainImports(): Plugin {
  const HELPER = '\0vite/preload-helper.js'
  return {
    name: 'plain-imports',
    enforce: 'pre',
    load: (id) => (id === HELPER ? 'export const __vitePreload = (load) => load()' : null),
  }
}

/** The bundler puts three lines that it needs itself into a file of their own: a request of 150 ms before the program can begin.
 *  They are written into each file that asks for nothing else of it. What is more (a package in the old module format, as the
 *  reader of CSV files is) stays in that file, fetched when it is needed. */
function noRuntimeFile(): Plugin {
  return {
    name: 'no-runtime-file',
    generateBundle(_options, bundle) {
      const runtime = Object.values(bundle).find((part) => part.type === 'chunk' && part.name === 'rolldown-runtime')
      if (runtime?.type !== 'chunk') return
      const askers = Object.values(bundle).filter(
        (part): part is Rolldown.OutputChunk => part.type === 'chunk' && part.imports.includes(runtime.fileName),
      )
      for (const part of askers) writeNamespaceInto(part, runtime)
      const left = askers.filter((part) => part.imports.includes(runtime.fileName))
      if (left.some((part) => part.name === 'app')) throw new Error('The first page asks for the runtime in a new way.')
      if (left.length === 0) delete bundle[runtime.fileName]
    },
  }
}

function writeNamespaceInto(part: Rolldown.OutputChunk, runtime: Rolldown.OutputChunk): void {
  const [lines = '', list = ''] = runtime.code.split(/export\{|\};?\s*$/)
  const made = new Map(list.split(',').map((pair) => pair.split(' as ').reverse() as [string, string]))
  const [asked = null, exported, name = ''] = ASKS_FOR_ONE.exec(part.code) ?? []
  if (asked === null) return
  const definition = lines.split(`${made.get(exported ?? name)}=(`)[1] ?? ''
  if (!definition.slice(0, 200).includes('Symbol.toStringTag')) return
  part.code = part.code.replace(asked, `var ${name}=${NAMESPACE};`)
  part.imports = part.imports.filter((file) => file !== runtime.fileName)
}

const ASKS_FOR_ONE = /import\{(?:(\w+) as )?(\w+)\}from"\.\/rolldown-runtime-[^"]+";/
/** What those lines do: everything a module exports as one object, each read when it is asked for. */
const NAMESPACE =
  '(a,n)=>{let r={};for(var i in a)Object.defineProperty(r,i,{get:a[i],enumerable:!0});return n||Object.defineProperty(r,Symbol.toStringTag,{value:"Module"}),r}'

interface ModuleGraph {
  getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null
}
const AREAS = ['hall', 'office', 'device', 'admin', 'entry'] as const

/** Everything the first page needs travels in one file; what several areas of staff share, in another. */
function chunkOf(id: string, graph: ModuleGraph): string | null {
  if (id.startsWith('\0vite/')) return null // stays with the entry, which must not wait for the program
  if (id.startsWith('\0rolldown/') || reachedFrom(graph, 'app').has(id)) return 'app'
  if (reachedFrom(graph, 'sign-up').has(id)) return 'sign-up'
  return AREAS.filter((area) => reachedFrom(graph, area).has(id)).length > 1 ? 'staff' : null
}

const reached = new Map<string, ReadonlySet<string>>()

function reachedFrom(graph: ModuleGraph, entry: string): ReadonlySet<string> {
  const known = reached.get(entry)
  if (known !== undefined) return known
  const ids = new Set([join(import.meta.dirname, `src/main.${entry}.tsx`)])
  for (const id of ids) for (const next of graph.getModuleInfo(id)?.importedIds ?? []) ids.add(next)
  reached.set(entry, ids)
  return ids
}

/** The worker, and the list of files it keeps. Registered by our own page (`src/client/updates.ts`), never by a script written into it. */
function worker(): Plugin[] {
  return VitePWA({
    strategies: 'injectManifest',
    srcDir: 'src',
    filename: 'main.sw.ts',
    injectRegister: false,
    manifest: false,
    registerType: 'prompt',
    injectManifest: {
      globPatterns: ['assets/*.{js,css}', 'manifest.webmanifest'],
      // Pages that show nothing without a network; and the reader of event lists, which the office needs a few times a year and misses in words.
      globIgnores: ['assets/main.admin*', 'assets/read-csv-file*'],
      // The server fills in a number that changes with every word of the shell.
      additionalManifestEntries: [{ url: '/shell', revision: 'SHELL_REVISION' }],
      dontCacheBustURLsMatching: /^assets\//,
      maximumFileSizeToCacheInBytes: 200_000,
    },
  })
}

/** Not this one: the server completes it first. */
const WORKER_FILE = 'main.sw.js'
const TEXT_FILES = /\.(js|css|svg|json|webmanifest)$/

/** Every text file once more as brotli and gzip, as small as it gets: no request waits for a compressor. */
function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    closeBundle: {
      order: 'post',
      sequential: true,
      async handler() {
        const files = await readdir(CLIENT, { recursive: true })
        await Promise.all(
          files
            .filter((file) => TEXT_FILES.test(file) && file !== WORKER_FILE)
            .map((file) => compress(join(CLIENT, file))),
        )
      },
    },
  }
}

async function compress(path: string): Promise<void> {
  const content = await readFile(path)
  const brotli = await promisify(brotliCompress)(content, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    },
  })
  await writeFile(`${path}.br`, brotli)
  await writeFile(`${path}.gz`, await promisify(gzip)(content, { level: 9 }))
}
