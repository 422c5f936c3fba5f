import type { Meta } from '#client/local-schema.ts'
import type { Stored } from '#client/seal.ts'
import type { Instant } from '#kernel/time.ts'
import type { Page } from './phone.ts'

export const NOON = '2026-05-12T03:00:00.000Z' as Instant

/** One place where the phone writes, as a person or the program comes to it. */
export interface WritePath {
  /** The file that writes. A file that writes in several places has as many rows. */
  readonly file: string
  readonly what: string
  /** Puts on the phone what was there before. Resolves to what writes, on this page or on another one of the phone. */
  prepare(page: Page): Promise<(on: Page) => Promise<unknown>>
  isDone(page: Page): Promise<boolean>
  /** It says something new: also on a phone that was just emptied it has to be kept. */
  readonly isNew: boolean
}

/** What the phone keeps of itself. */
export const readMeta = (page: Page, key: keyof Meta): Promise<unknown> =>
  page.disk.read(['meta'], (tx) => tx.objectStore('meta').get(key))

/** What was typed, as it lies on the disk. */
export async function readForms(page: Page): Promise<readonly Stored[]> {
  return page.disk.read(['forms'], async (tx) => (await tx.objectStore('forms').getAll()) as unknown as Stored[])
}
