import type { Config } from './config.ts'
import type { Database } from './database.ts'

/** Writes down which city this is, or its new name and telephone number. Every other table refers to it. */
export async function ensureCity({ sql }: Pick<Database, 'sql'>, { code, name, phone }: Config['city']): Promise<void> {
  await sql`
    insert into cities (city, name, phone) values (${code}, ${name}, ${phone})
    on conflict (city) do update set name = excluded.name, phone = excluded.phone`
}
