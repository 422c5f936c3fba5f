import type { Picture } from './curve.ts'

/** The middle value of at least one; of an even number, the lower one of the two in the middle, so that it was really measured. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/** The value that `share` (0 … 1) of all values do not exceed. `NaN` when there are none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}

/** `484 (472–520)`: the median, the least and the greatest. */
export function spread(values: readonly number[], digits = 0): string {
  const [mid, least, most] = [median(values), Math.min(...values), Math.max(...values)]
  return `${mid.toFixed(digits)} (${least.toFixed(digits)}–${most.toFixed(digits)})`
}

/** What a part has to show. */
export interface Goal {
  readonly what: string
  readonly target: string
  readonly measured: string
  readonly isMet: boolean
}

/** Met at `most` or less; `×` of something else, or milliseconds. */
export function goalOf(what: string, measured: number, most: number, unit: '×' | 'ms' = '×'): Goal {
  const digits = unit === 'ms' ? 0 : 2
  return { what, target: `≤ ${most} ${unit}`, measured: `${measured.toFixed(digits)} ${unit}`, isMet: measured <= most }
}

export interface Table {
  readonly heading: string
  /** What the reader has to know before the numbers; Markdown. */
  readonly before: readonly string[]
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** What follows from the numbers; Markdown. */
  readonly after: readonly string[]
  readonly goals?: readonly Goal[]
  /** The same numbers to look at. */
  readonly picture?: Picture
}

/** As people read it in a terminal. */
export function asText({ heading, before, head, rows, after }: Table): string {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => (row[column] ?? '').length)))
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd()
  return ['', heading, ...before, '', line(head), ...rows.map(line), '', ...after, ''].join('\n')
}

/** As docs/performance.md holds it. */
export function asMarkdown({ heading, before, head, rows, after, picture }: Table): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  const table = [line(head), line(head.map(() => '---')), ...rows.map(line)]
  const paragraphs = (lines: readonly string[]): string[] => lines.flatMap((text) => ['', text])
  const shown = picture === undefined ? [] : [`![${picture.alt}](images/${picture.file})`]
  return [`## ${heading}`, ...paragraphs(before), '', ...table, ...paragraphs(after), ...paragraphs(shown), ''].join(
    '\n',
  )
}

/** Every goal of a run, met or not. */
export function closingTable(tables: readonly Table[]): Table {
  const goals = tables.flatMap((table) => table.goals ?? [])
  return {
    heading: 'What was to be shown',
    before: [],
    head: ['', 'target', 'measured', 'met'],
    rows: goals.map(({ what, target, measured, isMet }) => [what, target, measured, isMet ? 'yes' : '**no**']),
    after: [],
  }
}

const LEVEL = 1.5

/** That something costs at the last size what it costs at the first: by medians, with room for chance and for one more step in a tree. */
export function levelGoal(what: string, first: readonly number[], last: readonly number[]): Goal {
  return goalOf(what, median(last) / median(first), LEVEL)
}
