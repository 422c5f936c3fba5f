import { asStatement, type Database } from '#server/database.ts'

/** Every row of every table as text: what somebody would read who took the whole database. */
export async function dumpDatabase({ sql }: Database): Promise<string> {
  const tables = await sql<{ name: string }>`
    select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`
  const texts: string[] = []
  for (const { name } of tables) {
    const rows = await sql<{ text: string }>(asStatement(`select t::text as text from "${name}" t`))
    texts.push(...rows.map(({ text }) => `${name} ${text}`))
  }
  return texts.join('\n')
}
