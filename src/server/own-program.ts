import { readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { instantOf } from '#kernel/time.ts'
import type { OwnProgram } from '#sync/domain/device-ledger.ts'

type Manifest = Readonly<Record<string, { readonly file: string; readonly name?: string }>>

/** Which build of the browser's program lies in `folder` (dist/client): the file that `main.app.tsx` names itself by, and when it was built. */
export async function readOwnProgram(folder: string): Promise<OwnProgram> {
  const path = join(folder, '.vite/manifest.json')
  const manifest = JSON.parse(await readFile(path, 'utf8')) as Manifest
  const app = Object.values(manifest).find(({ name }) => name === 'app')
  if (app === undefined) throw new Error('The build has no part named app')
  return { name: basename(app.file), builtAt: instantOf((await stat(path)).mtimeMs) }
}
