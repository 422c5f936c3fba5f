import { beforeAll, expect, test } from 'vitest'
import type { BrokenName } from '../make/broken-build.ts'
import { ensureBuilt } from '../make/built-product.ts'
import { tryBroken } from '../make/try-broken.ts'

const LIMIT_MS = 180_000

beforeAll(ensureBuilt)

// What is forgotten before the acknowledgement shows when all is quiet and something was never answered; hence the shorter time.
test.each<[BrokenName, number]>([
  ['skip-idempotency', 30],
  ['drop-row-lock', 30],
  ['forget-before-acknowledgement', 4],
])(
  'the history test catches %s',
  async (name, seconds) => {
    expect((await tryBroken('history', name, seconds)).rules).not.toEqual([])
  },
  LIMIT_MS,
)

// The row lock keeps processes apart. In the kill test there is one, and it lets its transactions run one by one anyway.
test.each<[BrokenName, number]>([
  ['skip-idempotency', 8],
  ['forget-before-acknowledgement', 3],
])(
  'the kill test catches %s',
  async (name, rounds) => {
    expect((await tryBroken('kills', name, rounds)).rules).not.toEqual([])
  },
  LIMIT_MS,
)
