import ts from 'typescript'
import { type Check, type Fault, faultAt, matching, type Sources, visit } from './source.ts'

const CODE = /^(?:src|tests)\/.*\.tsx?$/
const LINES_MAX = 250

/** Domain code takes time and chance as arguments. */
export const noClockOrChance: Check = (sources) =>
  inFiles(sources, /^src\/(?:kernel|[^/]+\/domain)\/(?!.*\.test\.ts$).*\.ts$/, (node) => clockOrChance(node))

const GLOBALS = ['crypto', 'performance', 'setTimeout', 'setInterval', 'queueMicrotask', 'Temporal']
const MEMBERS = ['Date.now', 'Math.random']

function clockOrChance(node: ts.Node): string | null {
  const taken = takenFromMachine(node)
  return taken && `${taken} takes the machine's time or chance: make it an argument`
}

function takenFromMachine(node: ts.Node): string | null {
  if (ts.isPropertyAccessExpression(node)) return MEMBERS.find((member) => member === node.getText()) ?? null
  if (ts.isIdentifier(node)) return GLOBALS.includes(node.text) && isValue(node) ? node.text : null
  return callsTheClock(node) ? node.getText() : null
}

/** `Date()` whatever it is given, `new Date()` without a time, and a format that is given none. */
function callsTheClock(node: ts.Node): boolean {
  if (ts.isNewExpression(node)) return isDate(node) && !node.arguments?.length
  if (!ts.isCallExpression(node)) return false
  return isDate(node) || (node.arguments.length === 0 && /\.format(?:ToParts)?$/.test(node.expression.getText()))
}

function isDate(node: ts.CallExpression | ts.NewExpression): boolean {
  return node.expression.getText() === 'Date'
}

/** A name that is used, not the name of a property or a parameter. */
function isValue(node: ts.Identifier): boolean {
  const { parent } = node
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node
  return !('name' in parent && parent.name === node)
}

/** Tests run, all of them; what is left to do is an issue, not a comment. */
export const nothingLeftOver: Check = (sources) => [
  ...inFiles(sources, CODE, (node) => leftOver(node)),
  ...matching(sources, /^(?:src|tests)\/.*\.(?:tsx?|css|sql)$/).flatMap(([path, text]) =>
    text
      .split('\n')
      .flatMap((line, index) =>
        REMINDER.test(line) ? [`${path}:${index + 1}: a reminder in a comment: make it an issue, or do it`] : [],
      ),
  ),
]

const RUNNERS = ['test', 'it', 'describe', 'suite', 'bench']
/** `runIf` is allowed: it says aloud on which machine a test makes sense. */
const HIDERS = ['only', 'skip', 'todo', 'skipIf', 'fails']
const REMINDER = new RegExp(
  `(?://|/\\*|\\*|--).*\\b(?:${['TO' + 'DO', 'FIX' + 'ME', 'XX' + 'X'].join('|')})\\b|@ts-(?:ignore|nocheck)`,
)

function leftOver(node: ts.Node): string | null {
  if (ts.isPropertyAccessExpression(node) && HIDERS.includes(node.name.text)) {
    const [runner = ''] = node.expression.getText().split('.')
    if (RUNNERS.includes(runner)) return `${runner}.${node.name.text} hides a test`
  }
  if (
    node.kind === ts.SyntaxKind.AnyKeyword &&
    (ts.isAsExpression(node.parent) || ts.isTypeAssertionExpression(node.parent))
  )
    return 'a cast to any'
  return node.kind === ts.SyntaxKind.DebuggerStatement ? 'debugger' : null
}

/** The policy of the page refuses inline styles and markup made of text. */
export const nothingInline: Check = (sources) =>
  inFiles(sources, /^src\/.*\.tsx$/, (node) => {
    if (!ts.isJsxAttribute(node)) return null
    const name = node.name.getText()
    if (name === 'style') return 'an inline style: the page refuses it, give it a class'
    return name === 'dangerouslySetInnerHTML' ? 'markup made of text' : null
  })

/** A file can be read in one sitting. */
export const shortFiles: Check = (sources) =>
  matching(sources, /^(?:src|tests)\/.*\.(?:tsx?|css|sql)$/).flatMap(([path, text]) => {
    const lines = text.trimEnd().split('\n').length
    return lines > LINES_MAX ? [`${path}: ${lines} lines, at most ${LINES_MAX}`] : []
  })

/** No key, token or private address is kept in the house. */
export const noSecrets: Check = (sources) =>
  [...sources].flatMap(([path, text]) =>
    text
      .split('\n')
      .flatMap((line, index) =>
        SECRETS.some((secret) => secret.test(line)) ? [`${path}:${index + 1}: looks like a secret`] : [],
      ),
  )

const SECRETS = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /\bAKIA[0-9A-Z]{16}\b/,
  /\b(?:ghp_|gho_|ghs_|npm_|glpat-|sk-|xox[abp]-)[A-Za-z0-9]{20,}/,
  /\/\/[^/\s:]+:_authToken=/,
  /\bpostgres(?:ql)?:\/\/[a-z]\w*:(?!password@|secret@|pass@)[A-Za-z0-9!#%^&*_-]{8,}@(?!host\b|localhost\b|127\.)/,
]

function inFiles(sources: Sources, path: RegExp, judge: (node: ts.Node) => string | null): readonly Fault[] {
  const faults: Fault[] = []
  for (const [name, text] of matching(sources, path)) {
    visit(name, text, (node, file) => {
      const sentence = judge(node)
      if (sentence !== null) faults.push(faultAt(file, node, sentence))
    })
  }
  return faults
}
