/** Order matters: most browsers also call themselves by the names below theirs. */
const PROGRAMS = [
  ['Edge', /\bEdg(e|A|iOS)?\//],
  ['Opera', /\bOPR\//],
  ['Samsung Internet', /\bSamsungBrowser\//],
  ['Firefox', /\b(Firefox|FxiOS)\//],
  ['Chrome', /\b(Chrome|CriOS|HeadlessChrome)\//],
  ['Safari', /\bSafari\//],
] as const
const SYSTEMS = [
  ['Android', /\bAndroid\b/],
  ['iPhone', /\biPhone\b/],
  ['iPad', /\biPad\b/],
  ['Windows', /\bWindows\b/],
  ['Mac', /\bMacintosh\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['Linux', /\bLinux\b/],
] as const

/** A browser in words its owner knows, from its User-Agent: 「Chrome（Windows）」; `null` when it says nothing we know. */
export function browserName(userAgent: string): string | null {
  const nameIn = (list: readonly (readonly [string, RegExp])[]) => list.find(([, sign]) => sign.test(userAgent))?.[0]
  const [program, system] = [nameIn(PROGRAMS), nameIn(SYSTEMS)]
  if (program === undefined) return system ?? null
  return system === undefined ? program : `${program}（${system}）`
}
