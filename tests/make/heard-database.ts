import type { Database, Sql } from '#server/database.ts'

/** A database that remembers what it was asked: the text of each statement, without its values. */
export function hearDatabase(database: Database): { readonly database: Database; readonly heard: string[] } {
  const heard: string[] = []
  const listen =
    (sql: Sql): Sql =>
    (text, ...values) => {
      heard.push(text.join('?'))
      return sql(text, ...values)
    }
  return {
    heard,
    database: {
      ...database,
      sql: listen(database.sql),
      transaction: (work) => database.transaction((sql) => work(listen(sql))),
    },
  }
}
