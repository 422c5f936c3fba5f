import type { LocalDb } from './local-db.ts'

/** What was typed and not sent yet, by the form's name, so that a dead battery or a lost network costs nobody their words. */
export type TypedFields = Readonly<Record<string, string>>

export function keepForm(db: LocalDb, name: string, fields: TypedFields): Promise<void> {
  const ahead = [{ store: 'forms', value: fields, key: name }] as const
  return db.write(['forms'], async (tx) => void (await tx.objectStore('forms').put(fields, name)), { ahead })
}

export function readForm(db: Pick<LocalDb, 'read'>, name: string): Promise<TypedFields | null> {
  return db.read(['forms'], async (tx) => (await tx.objectStore('forms').get(name)) ?? null)
}

/** Called once the words are on their way, so that they do not stay on a shared phone. */
export function forgetForm(db: LocalDb, name: string): Promise<void> {
  return db.write(['forms'], (tx) => tx.objectStore('forms').delete(name))
}
