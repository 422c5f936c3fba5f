import type { AuditBreak } from '#audit/domain/audit-check.ts'
import { type AuditLine, hashLine } from './audit-line.ts'

/** Where somebody renumbered a chain to hide one line more or less, its numbers are off by a few. */
const RENUMBERED_MAX = 3
/** So many bad lines are compared with each other, to tell those that were swapped. */
const COMPARED_MAX = 100

interface BadLine {
  readonly line: AuditLine
  /** The number its hash was made with, less the number it has; `null` = no number near by. */
  readonly off: number | null
}

/** A walk along a chain, line by line in the order of numbers. */
export interface ChainWalk {
  step(line: AuditLine): void
  /** Everything that is wrong, and how far the last numbers are off, as hidden insertions leave them. */
  end(): { readonly breaks: readonly AuditBreak[]; readonly shift: number }
}

/** Walks on from whatever line comes first. What it should follow, only the caller knows. */
export function createChainWalk(): ChainWalk {
  const places: AuditBreak[] = []
  const bad = new Map<number, BadLine>()
  /** Lines that fit in themselves, but do not hold on to the line before. */
  const loose = new Set<number>()
  let last: AuditLine | null = null
  let shift = 0

  const name = (kind: AuditBreak['kind'], seq: number, until = seq): void => void places.push({ kind, seq, until })

  function step(line: AuditLine): void {
    if (last !== null && line.seq > last.seq + 1) name('missing', last.seq + 1, line.seq - 1)
    const isWhole = hashLine(line, line.seq + shift) === line.hash
    if (!isWhole) lookCloser(line)
    else if (last !== null && line.seq === last.seq + 1 && line.previous !== last.hash && !bad.has(last.seq))
      loose.add(line.seq)
    last = line
  }

  function lookCloser(line: AuditLine): void {
    const off = offOf(line, shift)
    const before = last === null ? undefined : bad.get(last.seq)
    bad.set(line.seq, { line, off })
    // Two in a row that are off alike and still hold on to each other: from the first of them on, the chain was renumbered.
    if (off === null || before?.off !== off || line.previous !== before.line.hash) return
    bad.delete(line.seq)
    moved(before.line.seq, off)
  }

  /** Names what was put in before this line, or taken out. */
  function moved(seq: number, off: number): void {
    const by = off - shift
    shift = off
    bad.delete(seq)
    if (by > 0) return name('missing', seq)
    for (let planted = seq + by; planted < seq; planted += 1) {
      bad.delete(planted)
      loose.delete(planted)
    }
    name('inserted', seq + by, seq - 1)
  }

  return {
    step,
    end() {
      for (const [one, other] of swappedAmong([...bad.values()])) {
        bad.delete(one)
        bad.delete(other)
        name('swapped', one, other)
      }
      const end = last === null ? undefined : bad.get(last.seq)
      if (end !== undefined && end.off !== null) moved(end.line.seq, end.off) // the renumbered part is one line long
      for (const seq of bad.keys()) name('changed', seq)
      for (const seq of loose) name('changed', seq - 1) // made anew together with its hash, which the next line does not know
      return { breaks: places, shift }
    },
  }
}

/** How far the number that a line's hash was made with is off; `null` when it is none near by. */
function offOf(line: AuditLine, shift: number): number | null {
  for (let by = 1; by <= RENUMBERED_MAX; by += 1)
    for (const off of [shift - by, shift + by]) if (fits(line, line.seq + off)) return off
  return null
}

/** Pairs of numbers whose lines fit each other's place. */
function swappedAmong(bad: readonly BadLine[]): readonly (readonly [number, number])[] {
  const few = bad.slice(0, COMPARED_MAX).map(({ line }) => line)
  return few.flatMap((one, index) =>
    few
      .slice(index + 1)
      .filter((other) => fits(one, other.seq) && fits(other, one.seq))
      .map((other) => [one.seq, other.seq] as const),
  )
}

function fits(line: AuditLine, seq: number): boolean {
  return hashLine(line, seq) === line.hash
}
