import type { Language } from '#pages/domain/language.ts'

/** Words of a page that has to work when little else does: a heading and a few lines, with `{{name}}` where a value goes. */
export type PlainWords = Readonly<Record<Language, { readonly title: string; readonly lines: readonly string[] }>>

/** A page without styles, program or renderer. Values come from the program or the configuration, never from a person. */
export function plainPage(words: PlainWords, language: Language, values: Readonly<Record<string, string>>): string {
  const { title, lines } = words[language]
  const filled = (line: string): string => line.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? '')
  return `<!doctype html><html lang="${language === 'en' ? 'en' : 'ja'}"><head><meta charset="utf-8"><title>${title}</title>\
<meta name="viewport" content="width=device-width,initial-scale=1"></head>\
<body><main><h1>${title}</h1>${lines.map((line) => `<p>${filled(line)}</p>`).join('')}</main></body></html>`
}
