/** Whether a row is about nobody any more: its ふりがな is empty, which nobody can type (docs/decisions/031-erasure.md). */
export function isErased({ nameKana }: { readonly nameKana: string | null }): boolean {
  return nameKana === ''
}
