import pg from 'pg'

const OID = { int8: 20, date: 1082, time: 1083, timestamptz: 1184 } as const
const TEXT_ARRAY_OID = 1009
const ARRAY_OID = { int8: 1016, date: 1182, time: 1183, timestamptz: 1185 } as const

type TypeId = Parameters<typeof pg.types.getTypeParser>[0] // lists no arrays
type Parse = (text: string) => unknown

const PARSERS: Readonly<Record<keyof typeof OID, Parse>> = {
  int8: Number, // counts and versions: nothing here comes near 2^53
  date: (text) => text,
  time: (text) => text.slice(0, 5),
  timestamptz: instantText,
}

const byOid = new Map<number, Parse>()
for (const [name, parse] of Object.entries(PARSERS) as [keyof typeof OID, Parse][]) {
  byOid.set(OID[name], parse)
  byOid.set(ARRAY_OID[name], (text) => parseTextArray(text).map((entry) => (entry === null ? null : parse(entry))))
}

/** How columns arrive: bigint as number, timestamptz as Instant, date as LocalDate, time as LocalTime, jsonb as its value; numeric stays text. */
export const columnTypes: pg.CustomTypesConfig = {
  getTypeParser(oid, format) {
    const parse = format === 'binary' ? undefined : byOid.get(oid)
    return parse ?? pg.types.getTypeParser(oid, format)
  },
}

/** `2026-05-12 04:30:00.123456+00` as `2026-05-12T04:30:00.123Z`: every session is in UTC, so the text needs no calendar. */
function instantText(text: string): string {
  const [, day, time, fraction = ''] = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})(?:\.(\d+))?\+00$/.exec(text) ?? []
  return day === undefined || time === undefined ? text : `${day}T${time}.${fraction.padEnd(3, '0').slice(0, 3)}Z`
}

function parseTextArray(text: string): readonly (string | null)[] {
  return pg.types.getTypeParser(TEXT_ARRAY_OID as number as TypeId, 'text')(text) as (string | null)[]
}
