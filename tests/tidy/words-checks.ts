import { type Check, type Fault, matching, type Sources } from './source.ts'

const TOKENS = 'src/ui/tokens.css'
const LANGUAGES = ['ja', 'en', 'ja-easy']

const HEX = /#(?:[\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})(?![\w-])/gi
const COLOR_FUNCTION = /\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\(/gi
const COLOR_NAME =
  /(?<![\w-])(?:black|white|gr[ae]y|silver|red|maroon|orange|yellow|olive|lime|green|teal|aqua|cyan|blue|navy|purple|fuchsia|magenta|pink|brown|gold|beige|ivory|crimson|tomato|indigo|violet)(?![\w-])/gi

/** Colors have one home. Where HTML must restate one (`theme-color`), it is one of them. */
export const colorsOnlyInTokens: Check = (sources) => {
  const known = (sources.get(TOKENS) ?? '').toLowerCase()
  return [
    ...matching(sources, /^src\/(?!ui\/tokens\.css$).*\.css$/).flatMap(([path, text]) =>
      colorsIn(declarationsOf(text)).map((color) => `${path}: ${color} belongs in ${TOKENS}`),
    ),
    ...matching(sources, /^(?:src\/.*\.tsx?|public\/.*\.webmanifest)$/).flatMap(([path, text]) =>
      [...text.matchAll(/['"`](#[\da-f]{6})['"`]/gi)]
        .map(([, color = '']) => color.toLowerCase())
        .filter((color) => !known.includes(color))
        .map((color) => `${path}: ${color} is not a color of ${TOKENS}`),
    ),
  ]
}

/** The values of a stylesheet: no comments, no selectors. */
function declarationsOf(css: string): string {
  const plain = css.replace(/\/\*[^]*?\*\//g, '').replace(/url\([^)]*\)/g, '')
  return [...plain.matchAll(/[\w-]+\s*:\s*([^;{}]+)(?=[;}])/g)].map(([, value]) => value).join('\n')
}

function colorsIn(values: string): readonly string[] {
  return [HEX, COLOR_FUNCTION, COLOR_NAME].flatMap((color) => values.match(color) ?? [])
}

/** Whoever has screens has words, in each language. */
export const screensHaveWords: Check = (sources) => {
  const slices = new Set(matching(sources, /^src\/[^/]+\/client\/.*\.tsx$/).map(([path]) => path.split('/')[1] ?? ''))
  return [...slices].flatMap((slice) =>
    LANGUAGES.map((language) => `src/${slice}/client/messages.${language}.ts`)
      .filter((path) => !sources.has(path))
      .map((path) => `${path}: missing, and the slice has screens`),
  )
}

const TWIN = /\btwin of ((?:[^\n*]|\*(?!\/)){0,120})/gi
const NAMED = /^`?(\w+)`?(?:\(\))? in ([\w./-]+\.(?:tsx?|sql))/
const SQL_NAMED = /^the SQL (?:view|table|function|index) `(\w+)`/

/** A rule stated twice names its other half, and the other half is there. */
export const twinsExist: Check = (sources) =>
  matching(sources, /^src\/.*\.(?:tsx?|sql)$/).flatMap(([path, text]) =>
    [...text.matchAll(TWIN)].flatMap(([, said = '']) => twinFault(sources, path, said)),
  )

function twinFault(sources: Sources, path: string, said: string): readonly Fault[] {
  const inSql = SQL_NAMED.exec(said)
  if (inSql) {
    const made = new RegExp(`create (?:or replace )?(?:unique )?(?:view|table|function|index) ${inSql[1]}\\b`)
    return matching(sources, /\.sql$/).some(([, sql]) => made.test(sql))
      ? []
      : [`${path}: no ${inSql[1]} in any migration`]
  }
  const [, name = '', file = ''] = NAMED.exec(said) ?? []
  if (name === '') return [`${path}: «twin of ${said}» does not read «twin of NAME in PATH»`]
  const partner = sources.get(`src/${file}`)
  if (partner === undefined) return [`${path}: its twin's file src/${file} does not exist`]
  const defined = new RegExp(`\\b(?:function|const|type|interface|class|view|table|index)\\s+${name}\\b`)
  return defined.test(partner) ? [] : [`${path}: no ${name} in src/${file}`]
}

/** The map names each folder and each operation, and stays a map. */
export const mapIsComplete: Check = (sources) => {
  const map = sources.get('docs/ARCHITECTURE.md') ?? ''
  const folders = new Set(matching(sources, /^src\/[^/]+\//).map(([path]) => path.split('/')[1] ?? ''))
  const protocol = sources.get('src/sync/domain/protocol.ts') ?? ''
  const operations = [...protocol.matchAll(/operation\('([\w.]+)'/g)].map(([, name]) => name ?? '')
  return [
    ...[...folders]
      .filter((folder) => !map.includes(`\`${folder}/\``))
      .map((folder) => `docs/ARCHITECTURE.md: does not name \`${folder}/\``),
    ...operations
      .filter((name) => !map.includes(`\`${name}\``))
      .map((name) => `docs/ARCHITECTURE.md: does not name \`${name}\``),
  ]
}

const LENGTHS: Readonly<Record<string, number>> = { 'docs/ARCHITECTURE.md': 200, 'CONTRIBUTING.md': 60 }

/** Documents that everybody reads stay short enough to be read. */
export const shortDocuments: Check = (sources) =>
  Object.entries(LENGTHS).flatMap(([path, most]) => {
    const lines = (sources.get(path) ?? '').trimEnd().split('\n').length
    return lines > most ? [`${path}: ${lines} lines, at most ${most}`] : []
  })

/** A number of the city has a paragraph that says where it comes from. */
export const rulesAreWritten: Check = (sources) => {
  const anchors = new Set(
    [...(sources.get('docs/rules.md') ?? '').matchAll(/^##+ (\S+)\s*$/gm)].map(([, name]) => name ?? ''),
  )
  return matching(sources, /^src\/.*\.(?:tsx?|sql)$/).flatMap(([path, text]) =>
    [...text.matchAll(/docs\/rules\.md((?:\s*(?:,|and)?\s*#[\w-]+)+)/g)]
      .flatMap(([, links = '']) => links.match(/#[\w-]+/g) ?? [])
      .filter((link) => !anchors.has(link.slice(1)))
      .map((link) => `${path}: docs/rules.md has no heading «${link.slice(1)}»`),
  )
}

interface Package {
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
}

/** Each package was chosen, in a record that says why, in exactly one version. */
export const packagesAreDecided: Check = (sources) => {
  const decisions = matching(sources, /^docs\/decisions\/\d{3}-[\w-]+\.md$/)
    .map(([, text]) => text)
    .join('\n')
  const { dependencies, devDependencies } = JSON.parse(sources.get('package.json') ?? '{}') as Package
  return Object.entries({ ...dependencies, ...devDependencies }).flatMap(([name, version]) => [
    ...(name.startsWith('@types/') || decisions.includes(`\`${name}\``)
      ? []
      : [`package.json: no decision record names \`${name}\``]),
    ...(/^(?:npm:[@\w/-]+@)?\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version)
      ? []
      : [`package.json: ${name} ${version} is not one exact version`]),
  ])
}

interface Lock {
  readonly packages: Readonly<Record<string, { readonly optionalDependencies?: Readonly<Record<string, string>> }>>
}

/** `npm ci` refuses a lock that does not name the binaries of every platform. npm itself writes such a lock when its registry
 *  lacks one of them; the missing line is then added by hand: version, os, cpu, libc. */
export const lockIsComplete: Check = (sources) => {
  const { packages } = JSON.parse(sources.get('package-lock.json') ?? '{"packages":{}}') as Lock
  const locked = new Set(Object.keys(packages).map((path) => path.replace(/^.*node_modules\//, '')))
  return Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !locked.has(name))
      .map((name) => `package-lock.json: ${path} may need ${name}, and it has no line`),
  )
}

const RECORD_PARTS = ['Date: ', 'Status: ', '## Context', '## Decision', '## Also looked at', '## Consequences']

/** A decision can be found, dated and weighed again. */
export const decisionsAreComplete: Check = (sources) =>
  matching(sources, /^docs\/decisions\/.*\.md$/).flatMap(([path, text]) =>
    RECORD_PARTS.filter((part) => !text.includes(part)).map((part) => `${path}: no «${part.trim()}»`),
  )

const TOP_LEVEL = [
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'vite.config.ts',
  'README.md',
  'LICENSE',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
]

/** The first thing a visitor sees is short. */
export const topLevelIsShort: Check = (sources) =>
  [...sources.keys()]
    .filter((path) => !path.includes('/') && !path.startsWith('.') && !TOP_LEVEL.includes(path))
    .map((path) => `${path}: does not belong at the top level`)
