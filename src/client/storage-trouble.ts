/** Why this device cannot keep anything at the moment. */
export type StorageTrouble =
  /** There is no store, or the browser does not allow one (private window, blocked cookies). */
  | 'absent'
  /** No room left. */
  | 'full'
  /** Another tab with an older page keeps the store and does not let go. */
  | 'blocked'
  /** The store was made by a newer page than this one: reload. */
  | 'newer'
  /** The connection was lost, and opening it again did not help. */
  | 'lost'

/** What was to be kept is not kept. The page must say so, and leave what was typed or tapped where it is. */
export class StorageUnavailable extends Error {
  override readonly name = 'StorageUnavailable'
  readonly trouble: StorageTrouble

  constructor(trouble: StorageTrouble, cause: unknown) {
    super(`This device cannot keep data: ${trouble}`, { cause })
    this.trouble = trouble
  }
}

// WebKit loses its connection when the app is put aside: https://bugs.webkit.org/show_bug.cgi?id=277615
const TROUBLES: ReadonlyMap<string, StorageTrouble> = new Map([
  ['SecurityError', 'absent'],
  ['QuotaExceededError', 'full'],
  ['VersionError', 'newer'],
  ['InvalidStateError', 'lost'],
  ['UnknownError', 'lost'],
  ['AbortError', 'lost'],
  ['TransactionInactiveError', 'lost'],
  ['TimeoutError', 'lost'],
])

/** What is wrong with the store; `null` for an error that is not about the store. */
export function troubleOf(error: unknown): StorageTrouble | null {
  if (error instanceof StorageUnavailable) return error.trouble
  return (error instanceof Error || error instanceof DOMException ? TROUBLES.get(error.name) : null) ?? null
}
