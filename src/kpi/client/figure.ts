const grouped = new Intl.NumberFormat('ja-JP')

/** A count as people read it, in every language of ours: 1,234. */
export function figure(count: number): string {
  return grouped.format(count)
}
