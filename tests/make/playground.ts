import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import preact from '@preact/preset-vite'
import { build } from 'vite'

const ROOT = new URL('../../', import.meta.url).pathname
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
}

/** Same policy as the product's: a style or a script written into the page would be refused by the browser. */
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; base-uri 'none'"

export interface ServedPlayground {
  readonly url: string
  readonly css: string
  close(): Promise<void>
}

/** The playground as a page is delivered: rendered on the server, then made alive by the program in the page. */
export async function servePlayground(): Promise<ServedPlayground> {
  const folder = await mkdtemp(join(tmpdir(), 'yorozu-ui-'))
  const html = await renderOnServer(folder)
  await buildForBrowser(folder)
  const files = await readdir(join(folder, 'page'))
  const script = files.find((file) => file.endsWith('.js'))
  const style = files.find((file) => file.endsWith('.css'))
  if (!script || !style) throw new Error(`The build has no script or no style: ${files.join(', ')}`)
  const server = await serveFiles(
    join(folder, 'page'),
    `<!doctype html><html lang="ja"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>部品の見本</title><link rel="stylesheet" href="/${style}"><script type="module" src="/${script}"></script></head><body><div id="app">${html}</div></body></html>`,
  )
  const address = server.address()
  if (!address || typeof address === 'string') throw new Error('The server has no port.')
  return {
    url: `http://127.0.0.1:${address.port}/`,
    css: await readFile(join(folder, 'page', style), 'utf8'),
    close: async () => {
      await new Promise((done) => server.close(done))
      await rm(folder, { recursive: true, force: true })
    },
  }
}

const shared = { configFile: false as const, root: ROOT, logLevel: 'warn' as const, publicDir: false as const }

async function renderOnServer(folder: string): Promise<string> {
  const entry = await writeEntry(folder, 'server.ts', [
    `import { h } from 'preact'`,
    `import { renderToString } from 'preact-render-to-string'`,
    `import { Playground } from '${ROOT}src/ui/playground.tsx'`,
    `export const html = renderToString(h(Playground, {}))`,
  ])
  await build({
    ...shared,
    plugins: [preact()],
    resolve: { alias: aliases },
    ssr: { noExternal: true },
    build: {
      ssr: entry,
      outDir: join(folder, 'server'),
      emptyOutDir: true,
      rollupOptions: { output: { entryFileNames: 'server.mjs' } },
    },
  })
  const rendered: { html: string } = await import(pathToFileURL(join(folder, 'server', 'server.mjs')).href)
  return rendered.html
}

async function buildForBrowser(folder: string): Promise<void> {
  const entry = await writeEntry(folder, 'page.ts', [
    `import { h, hydrate } from 'preact'`,
    `import { Playground } from '${ROOT}src/ui/playground.tsx'`,
    `hydrate(h(Playground, {}), document.querySelector('#app'))`,
    `document.documentElement.dataset.alive = 'yes'`,
  ])
  await build({
    ...shared,
    plugins: [preact()],
    resolve: { alias: aliases },
    build: {
      outDir: join(folder, 'page'),
      emptyOutDir: true,
      assetsDir: '',
      modulePreload: false,
      rollupOptions: { input: entry },
    },
  })
}

/** The entries stand outside the repository, where packages are not found by themselves. */
const aliases = ['preact', 'preact-render-to-string'].map((name) => ({
  find: new RegExp(`^${name}$`),
  replacement: new URL(import.meta.resolve(name)).pathname,
}))

async function writeEntry(folder: string, name: string, lines: readonly string[]): Promise<string> {
  await writeFile(join(folder, name), lines.join('\n'))
  return join(folder, name)
}

async function serveFiles(folder: string, page: string): Promise<Server> {
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/'
    const type = TYPES[path === '/' ? '.html' : extname(path)] ?? 'application/octet-stream'
    const body = path === '/' ? Promise.resolve(page) : readFile(join(folder, path.slice(1)))
    const answer = (status: number, words: string | Buffer) =>
      response.writeHead(status, { 'content-type': type, 'content-security-policy': POLICY }).end(words)
    body.then(
      (words) => answer(200, words),
      () => answer(404, ''),
    )
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  return server
}
