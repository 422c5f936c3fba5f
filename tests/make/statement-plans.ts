import { asStatement, type Sql } from '#server/database.ts'

/** A part of a plan, as `explain (format json)` tells it. */
interface PlanNode {
  readonly 'Node Type': string
  readonly 'Relation Name'?: string
  readonly Alias?: string
  readonly 'Index Cond'?: string
  readonly 'Recheck Cond'?: string
  readonly Filter?: string
  readonly Plans?: readonly PlanNode[]
}

/** What divides transactions, what a connection is told about itself, and how tables are made: none of it reads or writes a row. */
const NO_ROWS = /^\s*(?:rollback|savepoint|release|set|create)\b/i

export interface CityTables {
  /** Those that have a city. */
  readonly names: ReadonlySet<string>
}

export async function readCityTables(sql: Sql): Promise<CityTables> {
  const rows = await sql<{ name: string }>`
    select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'city'
     where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace`
  return { names: new Set(rows.map(({ name }) => name)) }
}

/** How PostgreSQL would carry a statement out, whatever its values are; `null` where there is nothing to plan. Changes nothing. */
async function planOf(sql: Sql, text: string): Promise<PlanNode | null> {
  if (NO_ROWS.test(text)) return null
  const [row] = await sql<{ 'QUERY PLAN': readonly { Plan: PlanNode }[] }>(
    asStatement(`explain (generic_plan, format json) ${text}`),
  )
  return row?.['QUERY PLAN'][0]?.Plan ?? null
}

/** What a statement would read or write beyond one city; nothing when it stays within. Each table it reads is narrowed to a city by a
 *  condition of its own, each row it adds names one. `cities`: which values stand for the city, `$1` for the first. */
export async function crossings(
  sql: Sql,
  tables: CityTables,
  text: string,
): Promise<{ readonly faults: readonly string[]; readonly cities: readonly string[]; readonly reads: number }> {
  const plan = await planOf(sql, text)
  const faults: string[] = []
  const cities: string[] = []
  let reads = 0
  const walk = (node: PlanNode): void => {
    const name = node['Relation Name']
    if (name !== undefined && tables.names.has(name) && node['Node Type'] !== 'ModifyTable') {
      reads += 1
      const conditions = [node['Index Cond'], node['Recheck Cond'], node.Filter].join(' ')
      const [, city] = /\bcity = ((?:(?:\w+|"[^"]+")\.)?city\b|\$\d+|'[^']*'::text)/.exec(conditions) ?? []
      if (city === undefined) faults.push(`reads all of ${name}: ${node['Node Type']} ${conditions.trim()}`)
      else if (city.startsWith('$')) cities.push(city)
    }
    node.Plans?.forEach(walk)
  }
  if (plan !== null) walk(plan)
  for (const [, table = '', columns = ''] of text.matchAll(/insert\s+into\s+(\w+)(?:\s+as\s+\w+)?\s*\(([^)]*)\)/gi))
    if (tables.names.has(table) && !/^\s*city\b/.test(columns)) faults.push(`adds to ${table} without a city`)
  for (const [, city = ''] of text.matchAll(
    /insert\s+into\s+\w+(?:\s+as\s+\w+)?\s*\(city\b[^)]*\)\s*(?:values\s*\(|select\s+)(\$\d+)/gi,
  ))
    cities.push(city)
  return { faults, cities, reads }
}
