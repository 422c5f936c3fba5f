/** Asks the browser not to clear what this device keeps. Asked when a roster is opened; WebKit's embedded views have no such question. */
export async function askToKeepStorage(): Promise<'kept' | 'not_kept' | 'unknown'> {
  const storage: Partial<StorageManager> | undefined = typeof navigator === 'undefined' ? undefined : navigator.storage
  if (storage?.persist === undefined) return 'unknown'
  try {
    return (await storage.persist()) ? 'kept' : 'not_kept'
  } catch {
    return 'unknown' // some private windows throw instead of saying no
  }
}
