import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import ts from 'typescript'

/** The text of each file by its path from the root, with slashes. */
export type Sources = ReadonlyMap<string, string>

/** One thing that is not tidy, as a sentence that begins with the file. */
export type Fault = string

/** A check of the house: reads files, returns what is wrong. */
export type Check = (sources: Sources) => readonly Fault[]

const ROOT = join(import.meta.dirname, '../..')
const FOLDERS = ['src', 'tests', 'docs', 'public', '.ci']
const TEXT = /\.(?:ts|tsx|css|sql|md|json|cjs|webmanifest|svg)$|(?:^|\/)run$/

/** Every text file of the house. Data, builds and packages are not part of it. */
export function readSources(): Sources {
  const inFolders = FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).split(sep).join('/')),
  )
  const paths = [...topLevel(), ...inFolders].filter((path) => TEXT.test(path))
  return new Map(paths.map((path) => [path, readFileSync(join(ROOT, path), 'utf8')]))
}

/** Files at the root. */
function topLevel(): readonly string[] {
  return readdirSync(ROOT, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)
}

/** The files whose path matches. */
export function matching(sources: Sources, path: RegExp): readonly (readonly [path: string, text: string])[] {
  return [...sources].filter(([name]) => path.test(name))
}

const trees = new Map<string, ts.SourceFile>()

/** Visits every node of a file's syntax, so that a word in a comment or a sentence is not taken for code. */
export function visit(path: string, text: string, see: (node: ts.Node, file: ts.SourceFile) => void): void {
  const key = `${path}\n${text}`
  const file =
    trees.get(key) ??
    ts.createSourceFile(
      path,
      text,
      ts.ScriptTarget.Latest,
      true,
      path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
    )
  trees.set(key, file)
  const walk = (node: ts.Node): void => {
    see(node, file)
    ts.forEachChild(node, walk)
  }
  walk(file)
}

/** `path:line: sentence`. */
export function faultAt(file: ts.SourceFile, node: ts.Node, sentence: string): Fault {
  const { line } = file.getLineAndCharacterOfPosition(node.getStart(file))
  return `${file.fileName}:${line + 1}: ${sentence}`
}
