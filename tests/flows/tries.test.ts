import { type Context, Hono } from 'hono'
import { expect, test } from 'vitest'
import { BUDGETS, createRateLimits, type RateLimits, type Try } from '#server/rate-limits.ts'

/** Each budget of a person beside that of the address somebody tries from. */
const TRIES: Readonly<Record<string, readonly [addressPoints: number, (l: RateLimits) => Tried]>> = {
  'a booking': [BUDGETS.triesOfAddress.points, ({ tryBooking }) => tryBooking],
  'a sign-in': [BUDGETS.signInsOfAddress.points, ({ trySignIn }) => trySignIn],
  'the second way in': [BUDGETS.secondWaysOfAddress.points, ({ trySecondWay }) => trySecondWay],
}
type Tried = (c: Context, key: string) => Promise<Try>

test.each(Object.entries(TRIES))(
  'of %s: an address that has used up its own tries uses up nobody else’s',
  async (_, [points, triedIn]) => {
    const tried = triedIn(createRateLimits({ addressOf: (c) => c.req.header('x-from') ?? null }))
    const door = new Hono().get('/:key', async (c) => c.json((await tried(c, c.req.param('key'))).restS))
    const restOf = async (key: string, from: string) =>
      (await door.request(`/${key}`, { headers: { 'x-from': from } })).json()
    for (let nth = 0; nth < points; nth++) expect(await restOf(`nobody ${nth}`, 'a stranger')).toBe(null)
    for (let nth = 0; nth < 20; nth++) expect(await restOf('somebody', 'a stranger')).toBeGreaterThan(0)
    expect(await restOf('somebody', 'at home')).toBe(null)
  },
)
