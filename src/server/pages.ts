import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Context } from 'hono'
import { getCookie } from 'hono/cookie'
import * as v from 'valibot'
import { LANGUAGE_COOKIE, type Language, LANGUAGES, parseLanguage } from '#pages/domain/language.ts'
import type { CreateRenderer, PageAssets, PageRequest, RenderedPage, RenderPage } from '#pages/domain/page.ts'

const ENTRY = 'src/main.client.tsx'
const Manifest = v.looseObject({
  [ENTRY]: v.object({ file: v.string() }),
  'style.css': v.object({ file: v.string() }),
})

/** The pages as the build left them in `dist`. Throws, with what to do, when there is no build. */
export async function loadRenderer(dist: string): Promise<RenderPage> {
  const assets = await readAssets(join(dist, 'client'))
  const entry = pathToFileURL(resolve(dist, 'render', 'render-page.js')).href
  const { createRenderer } = (await import(entry)) as { readonly createRenderer: CreateRenderer }
  return createRenderer(assets)
}

async function readAssets(folder: string): Promise<PageAssets> {
  const text = await readFile(join(folder, '.vite', 'manifest.json'), 'utf8').catch(() => null)
  if (text === null) throw new Error(`No pages in ${folder}. Run "npm run build" first.`)
  const manifest = v.parse(Manifest, JSON.parse(text))
  return { script: `/${manifest[ENTRY].file}`, style: `/${manifest['style.css'].file}` }
}

/** The frame that devices keep and start every page from: in no language, for nobody in particular. */
export function renderShell(render: RenderPage, { city, now }: Pick<PageRequest, 'city' | 'now'>): RenderedPage {
  return render({ path: '/', language: 'ja', role: 'resident', city, now, data: { page: 'shell' } })
}

/** The language a person chose here, else what the browser asks for, else Japanese. */
export function languageOf(c: Context): Language {
  const chosen = parseLanguage(getCookie(c, LANGUAGE_COOKIE))
  if (chosen !== null) return chosen
  const asked = (c.req.header('Accept-Language') ?? '').split(',').map((part) => part.trim().slice(0, 2).toLowerCase())
  const first = asked.find((code) => LANGUAGES.some((language) => language === code))
  return first === 'en' ? 'en' : 'ja'
}

// A page differs for each person and moment, so it is packed while it goes out: level 5 takes about a millisecond.
const QUICK = {
  params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT },
}

/** Answers with a page. Kept by nobody: it is in one person's language, for one person's role. */
export async function answerPage(c: Context, { html, status }: RenderedPage): Promise<Response> {
  const accepted = c.req.header('Accept-Encoding') ?? ''
  const encoding = ['br', 'gzip'].find((name) => accepted.includes(name))
  const plain = Buffer.from(html)
  const headers = new Headers({
    'Content-Type': 'text/html; charset=utf-8',
    'Cache-Control': 'no-store',
    Vary: 'Accept-Encoding, Accept-Language, Cookie',
  })
  if (encoding !== undefined) headers.set('Content-Encoding', encoding)
  const body =
    encoding === 'br'
      ? await promisify(brotliCompress)(plain, QUICK)
      : encoding === 'gzip'
        ? await promisify(gzip)(plain)
        : plain
  return new Response(body, { status, headers })
}
