import type { ComponentChildren } from 'preact'
import css from './table.module.css'

export interface Column {
  readonly head: string
  readonly number?: boolean | undefined
}

export interface Row {
  readonly key: string
  /** One per column; the first names the row. */
  readonly cells: readonly ComponentChildren[]
}

interface Props {
  readonly caption: string
  readonly columns: readonly Column[]
  readonly rows: readonly Row[]
}

const numberClass = (column: Column | undefined): string | undefined => (column?.number ? css.number : undefined)

/** Rows and columns. On a phone each row stands on its own, each value beside the name of its column.
 *  The roles are written out because `display: block` would take them away. */
export function Table({ caption, columns, rows }: Props) {
  return (
    <table class={css.table} role="table">
      <caption class={css.caption}>{caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map((column) => (
            <th key={column.head} class={numberClass(column)} role="columnheader" scope="col">
              {column.head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map(({ key, cells: [name, ...cells] }) => (
          <tr key={key} role="row">
            <th role="rowheader" scope="row">
              {name}
            </th>
            {cells.map((cell, index) => (
              <td
                key={columns[index + 1]?.head}
                class={numberClass(columns[index + 1])}
                role="cell"
                data-head={columns[index + 1]?.head}
              >
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
