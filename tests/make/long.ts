/** How often a property is tried: `usual` in every run of the tests, more in the long one.
 *  `YOROZU_LONG=20000 npm run test:long` tries each 20,000 times. */
export function runs(usual: number): number {
  const asked = Number(process.env['YOROZU_LONG'] ?? '')
  return Number.isSafeInteger(asked) && asked > 0 ? asked : usual
}
