import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const require = createRequire(import.meta.url)
const HEX = /#[\da-f]{6}\b/gi

test('every color is one of デジタル庁デザインシステム, in the version we name', () => {
  const theirs = readFileSync(require.resolve('@digital-go-jp/design-tokens/dist/tokens.css'), 'utf8')
  const ours = readFileSync(join(import.meta.dirname, '../../src/ui/tokens.css'), 'utf8')
  const official = new Set(theirs.toLowerCase().match(HEX))
  const used = ours.toLowerCase().match(HEX) ?? []
  expect(used.length).toBeGreaterThan(20)
  expect(used.filter((color) => !official.has(color))).toEqual([])
})
