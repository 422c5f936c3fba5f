import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { htmlLang, languageInCookies, languagePath, parseLanguage, readBackPath } from '#pages/domain/language.ts'

const HERE = 'https://yorozu.example'

describe('choosing a language', () => {
  test('only the three languages of the product are languages', () => {
    expect(['ja', 'en', 'ja-easy', 'fr', '', 'JA', undefined].map(parseLanguage)).toEqual([
      'ja',
      'en',
      'ja-easy',
      null,
      null,
      null,
      null,
    ])
  })

  test('the language is found among other cookies, and never in the end of another name', () => {
    expect(languageInCookies('theme=dark; lang=ja-easy; x=1')).toBe('ja-easy')
    expect(languageInCookies('slang=en')).toBeNull()
    expect(languageInCookies('lang=xx')).toBeNull()
    expect(languageInCookies('')).toBeNull()
  })

  test('plain Japanese is Japanese to a screen reader', () => {
    expect([htmlLang('ja'), htmlLang('ja-easy'), htmlLang('en')]).toEqual(['ja', 'ja', 'en'])
  })

  test('a language link leads back to the page it stood on', () => {
    const link = new URL(languagePath('en', '/sessions/1?from=a&to=b'), HERE)
    expect(link.pathname).toBe('/language/en')
    expect(readBackPath(link.searchParams.get('back') ?? undefined)).toBe('/sessions/1?from=a&to=b')
  })
})

describe('the way back after choosing a language', () => {
  const ELSEWHERE = [
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    'javascript:alert(1)',
    'evil.example',
    '\\\\evil.example',
    '/a\\b',
    '/päge',
    '/a b',
    '',
    `/${'a'.repeat(1001)}`,
    '/language/en?back=/language/ja',
  ]
  test.each(ELSEWHERE)('%j leads home instead', (back) => expect(readBackPath(back)).toBe('/'))

  test('no way back leads home', () => expect(readBackPath(undefined)).toBe('/'))

  test('whatever is asked for, the browser stays on this site', () => {
    const nasty = fc.string({
      unit: fc.constantFrom('/', '\\', '.', ':', '@', '\t', '\n', '\r', '?', '#', 'a', '%2f', 'http'),
    })
    fc.assert(
      fc.property(fc.oneof(nasty, fc.string(), fc.webUrl()), (back) => {
        expect(new URL(readBackPath(back), HERE).origin).toBe(HERE)
        expect(new URL(readBackPath(`/${back}`), HERE).origin).toBe(HERE)
      }),
      { numRuns: 300 },
    )
  })
})
