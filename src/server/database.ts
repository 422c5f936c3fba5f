import pg from 'pg'

/** One statement: SQL text with every value as a parameter, never as text. Returns its rows. */
export interface Sql {
  <Row extends object>(text: TemplateStringsArray, ...values: readonly unknown[]): Promise<Row[]>
}

/** A PostgreSQL database, embedded or a server of one's own; the same SQL on both. */
export interface Database {
  readonly sql: Sql
  /** Runs `work` in one transaction: all of it, or nothing when it throws. */
  transaction<Value>(work: (sql: Sql) => Promise<Value>): Promise<Value>
  /** Calls back with each payload NOTIFYed on `channel`; reconnects by itself. Returns how to stop. */
  listen(channel: string, onPayload: (payload: string) => void): Promise<() => Promise<void>>
  close(): Promise<void>
}
