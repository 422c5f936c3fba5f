import type { Database, Sql } from '#server/database.ts'

/** A point of a server's work at which something may happen to it. */
export interface Moment {
  /** `end`: all is said, and the commit comes next. `committed`: and nobody knows of it yet. */
  readonly kind: 'statement' | 'end' | 'committed'
  /** The statement that comes next; empty at the other points. */
  readonly text: string
  /** Of the transaction, while it lasts; else of the database. */
  readonly sql: Sql
  readonly inTransaction: boolean
}

export interface Watch {
  /** Is waited for before each statement and around each commit: what it throws happens there. */
  meet(moment: Moment): Promise<void>
  /** One more statement is on its way, or one less. */
  count(change: 1 | -1): void
}

/** The real database, with somebody who watches. */
export function watchDatabase(real: Database, { meet, count }: Watch): Database {
  const watched =
    (sql: Sql, inTransaction: boolean): Sql =>
    async (text, ...values) => {
      await meet({ kind: 'statement', text: text.join('?'), sql, inTransaction })
      count(1)
      return sql(text, ...values).finally(() => count(-1)) as never
    }
  return {
    ...real,
    sql: watched(real.sql, false),
    async transaction(work) {
      const value = await real.transaction(async (sql) => {
        const done = await work(watched(sql, true))
        await meet({ kind: 'end', text: '', sql, inTransaction: true })
        return done
      })
      await meet({ kind: 'committed', text: '', sql: real.sql, inTransaction: false })
      return value
    },
  }
}
