import { localDateOf } from '#kernel/time.ts'
import { ACCEPTED, type Apply, oneByOne, refused } from '#server/apply.ts'

/** Writes a line of the plan, or corrects it. */
export const applySetIndicator: Apply<'plan.setIndicator'> = async (batch, { sql, city }) => {
  for (const { operation } of batch) {
    const indicator = operation.payload
    await sql`
      insert into indicators (city, indicator_id, body)
      values (${city}, ${indicator.indicatorId}, ${JSON.stringify(indicator)}::jsonb)
      on conflict (city, indicator_id) do update set body = excluded.body`
  }
  return batch.map(() => ACCEPTED)
}

/** Enters procedures and facilities into the city's register. The same one twice would count twice, so it is refused. */
export const applyRecordItem: Apply<'plan.recordItem'> = oneByOne(async ({ operation }, { sql, city, now }) => {
  const item = operation.payload
  if (item.startedOn > localDateOf(now)) return refused({ code: 'started_in_future' })
  // NFKC: 「体育館（東）」 in full width and in half width is one and the same hall.
  const same = await sql`
    select 1 from register_items
     where city = ${city}
       and (item_id = ${item.itemId}
            or (measure = ${item.measure} and normalize(name, NFKC) = normalize(${item.name}, NFKC)))`
  if (same.length > 0) return refused({ code: 'item_exists' })
  await sql`
    insert into register_items (city, item_id, measure, name, started_on)
    values (${city}, ${item.itemId}, ${item.measure}, ${item.name}, ${item.startedOn})`
  return ACCEPTED
})
