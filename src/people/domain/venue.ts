import * as v from 'valibot'
import { reference, words } from '#kernel/schema.ts'

/** 会場: where sessions are held. */
export const Venue = v.strictObject({
  venueId: reference<'venue'>(),
  name: words(80),
  /** 所在地 as one line; `null` when nobody has entered it yet. */
  address: v.nullable(words(120)),
  /** 地区, as the city divides itself. */
  district: v.nullable(words(40)),
})
export type Venue = v.InferOutput<typeof Venue>
export type VenueId = Venue['venueId']
