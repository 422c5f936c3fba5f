import { type Posted, postJson } from '#client/post-json.ts'
import { OUTBOX_FILE_MAX_BYTES, type OutboxFileTaken } from '#sync/domain/outbox-file.ts'

/** Brings a file that a phone has made to the server, as it is: only the server can open it. */
export async function bringOutboxFile(file: Blob): Promise<Posted<OutboxFileTaken>> {
  if (file.size > OUTBOX_FILE_MAX_BYTES) return { ok: false, code: 'file_too_large' }
  const sealed = await readSealed(file)
  if (sealed === null) return { ok: false, code: 'file_unreadable' }
  return postJson<OutboxFileTaken>('/api/office/outbox-file', sealed)
}

async function readSealed(file: Blob): Promise<object | null> {
  try {
    const read: unknown = JSON.parse(await file.text())
    return typeof read === 'object' ? read : null
  } catch {
    return null
  }
}
