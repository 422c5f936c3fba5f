import type { LocalDate } from '#kernel/time.ts'
import type { DayCount, RetentionKind } from '#people/domain/retention.ts'
import type { ApplyContext } from './apply.ts'
import type { Sql } from './database.ts'
import type { ServerKit } from './kit.ts'

/** One kind of record that goes when its time has come. Each slice brings the part for its own tables. */
export interface RetentionPart {
  readonly kind: RetentionKind
  /** What is held, by the day of Japan it was last needed. */
  readonly readDays: (sql: Sql, city: string) => Promise<readonly DayCount[]>
  /** Lets at most `limit` of those go that were last needed on `until` or before; tells how many went. */
  readonly apply: (context: ApplyContext, due: Due) => Promise<number>
}

export interface Due {
  readonly until: LocalDate
  readonly limit: number
}

/** Works under the city's row lock, in one transaction with what devices are shown of it. */
export type InCityTurn = <Value>(
  kit: Pick<ServerKit, 'database' | 'city' | 'now'>,
  work: (context: ApplyContext) => Promise<Value>,
) => Promise<Value>
