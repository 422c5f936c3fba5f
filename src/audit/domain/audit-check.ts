import type { Instant } from '#kernel/time.ts'

/** A place where the chain is not whole. `seq`: the first line it is about, `until`: the last.
 *  `changed`: its hash does not fit it, or the next line knows another one. `missing`: taken away. `cut`: taken away at the end.
 *  `swapped`: each stands in the place of the other. `inserted`: put in later. `rewritten`: everything up to it was made anew. */
export interface AuditBreak {
  readonly kind: 'changed' | 'missing' | 'cut' | 'swapped' | 'inserted' | 'rewritten'
  readonly seq: number
  readonly until: number
}

/** The last line of the chain: whoever has it on paper can tell a chain that was made anew as a whole. `hash` as 64 hex digits. */
export interface AuditHead {
  readonly seq: number
  readonly hash: string
}

/** What a check found. `breaks` holds the first places, in order; `breakCount` counts them all. */
export interface AuditCheck {
  readonly lineCount: number
  /** `null`: there is no line yet. */
  readonly head: AuditHead | null
  readonly breakCount: number
  readonly breaks: readonly AuditBreak[]
}

export interface KeptAuditCheck extends AuditCheck {
  readonly at: Instant
}

/** What the line `audit.purged` says is gone: everything up to this line. */
export function purgedObject({ seq, hash }: AuditHead): string {
  return `purged:${seq}:${hash}`
}

export function readPurged(object: string | null): AuditHead | null {
  const [, seq, hash] = /^purged:(\d+):([0-9a-f]{64})$/.exec(object ?? '') ?? []
  return seq === undefined || hash === undefined ? null : { seq: Number(seq), hash }
}

/** A hash as people compare it: in groups of four, 「3f9a 01c4 …」. */
export function inGroups(hash: string): string {
  return hash.replace(/(.{4})(?=.)/g, '$1 ')
}
