const FIRST_MS = 1000
const LONGEST_MS = 60_000

/** How long to rest after so many failures in a row: 1 s, 2 s, 4 s … 60 s, of which a random half, so that a hall full of
 *  phones does not come back at the same moment. `chance` is 0 … 1. */
export function backOffMs(failures: number, chance: () => number): number {
  const whole = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, failures - 1))
  return whole / 2 + (whole / 2) * chance()
}
