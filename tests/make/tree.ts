import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { spawnSync } from 'node:child_process'

const ROOT = join(import.meta.dirname, '../..')

/** What the tools read: the product's own settings, so that a planted fault meets the real rules. */
const SETTINGS = [
  'package.json',
  'tsconfig.json',
  '.oxlintrc.json',
  '.dependency-cruiser.cjs',
  'src/tsconfig.base.json',
  'src/tsconfig.domain.json',
  'src/tsconfig.client.json',
  'src/tsconfig.server.json',
  'src/tsconfig.sw.json',
]

export interface Tree {
  /** Runs a program of node_modules in the tree. Returns everything it said. */
  run(program: string, args: readonly string[]): { readonly text: string; readonly status: number | null }
  /** Takes the tree away. */
  remove(): void
}

/** A small copy of the house in a folder of its own: the real settings, the given files, the installed packages. */
export function makeTree(files: Readonly<Record<string, string>>): Tree {
  const dir = mkdtempSync(join(tmpdir(), 'yorozu-tree-'))
  for (const name of SETTINGS) copy(name, dir)
  for (const [name, text] of Object.entries(files)) write(join(dir, name), text)
  symlinkSync(join(ROOT, 'node_modules'), join(dir, 'node_modules'), 'junction')
  return {
    run(program, args) {
      const done = spawnSync(process.execPath, [join(dir, 'node_modules', program), ...args], {
        cwd: dir,
        encoding: 'utf8',
        maxBuffer: 64 * 1024 * 1024,
      })
      return { text: done.stdout + done.stderr, status: done.status }
    },
    remove: () => rmSync(dir, { recursive: true, force: true }),
  }
}

function copy(name: string, dir: string): void {
  mkdirSync(dirname(join(dir, name)), { recursive: true })
  cpSync(join(ROOT, name), join(dir, name))
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}
