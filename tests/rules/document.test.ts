import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { documentHtml, escapeHtml, jsonInHtml } from '#client/document.ts'
import type { Instant } from '#kernel/time.ts'
import type { PageContext } from '#pages/domain/page.ts'

const assets = { script: '/assets/main.js', style: '/assets/style.css' }

function makePage(changes: Partial<PageContext> = {}): PageContext {
  const city = { name: 'みなと市', phone: '0996-00-0000' }
  const now = '2026-05-12T04:30:00.000Z' as Instant
  return { city, language: 'ja', path: '/', role: 'resident', now, data: null, ...changes }
}

function makeDocument(title: string, page: PageContext = makePage()): string {
  const state = { page, words: null }
  return documentHtml({
    head: { title, description: title },
    language: page.language,
    state,
    body: '<p>本文</p>',
    assets,
  })
}

describe('the document', () => {
  test('what people wrote never ends the data it travels in', () => {
    const page = makePage({ city: { name: '</script><script>alert(1)</script><!--', phone: '' } })
    const html = makeDocument('題', page)
    expect(html.match(/<script/g)).toHaveLength(2)
    expect(html.match(/<\/script>/g)).toHaveLength(2)
    expect(html).not.toContain('<!--')
  })

  test('any value comes out of the page as it went in', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(jsonInHtml(value)).not.toContain('<')
        expect(JSON.parse(jsonInHtml(value))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })

  test('a title cannot leave its tag or its attribute', () => {
    const html = makeDocument(`"><img src=x onerror='1'>&`)
    expect(html).not.toContain('<img')
    expect(html).toContain('<title>&quot;&gt;&lt;img src=x onerror=&#39;1&#39;&gt;&amp;</title>')
  })

  test('no text keeps a character that HTML would read', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(escapeHtml(text)).not.toMatch(/[<>"']/)
      }),
    )
  })

  test('it holds no script and no style of its own, which the policy would refuse', () => {
    const html = makeDocument('題')
    expect(html).not.toMatch(/<style|style=|\son\w+=/)
    expect([...html.matchAll(/<script[^>]*>/g)].map(([tag]) => tag)).toEqual([
      '<script type="module" src="/assets/main.js">',
      '<script type="application/json" id="page-data">',
    ])
  })

  test('plain Japanese is marked as Japanese, and as its own language for the page', () => {
    expect(makeDocument('題', makePage({ language: 'ja-easy' }))).toContain('<html lang="ja" data-language="ja-easy">')
  })
})
