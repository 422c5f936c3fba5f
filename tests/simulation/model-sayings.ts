const heldOn = (year: number, day: number, seats: number) => ({ year, day, seats })
/** Three classes around the turn of a 年度: the first day is the last of 2025. */
export const CLASSES = [heldOn(2025, 0, 2), heldOn(2026, 1, 1), heldOn(2026, 1, 2)] as const

/** The n-th class of the town. */
export type Place = 0 | 1 | 2

/** Somebody, and a class. People are known by their ふりがな. */
export interface Meeting {
  readonly person: string
  readonly place: Place
}

/** What somebody says on a phone. Bookings, marks and merges are known by the id of what was said. */
export type Saying =
  | ({ readonly do: 'signUp' | 'checkIn' | 'walkIn' } & Meeting)
  | { readonly do: 'cancel' | 'withdraw'; readonly booking: string }
  | { readonly do: 'undo'; readonly marks: readonly string[] }
  | { readonly do: 'merge'; readonly person: string; readonly into: string }
  | { readonly do: 'separate'; readonly merge: string }
  | { readonly do: 'closeYear'; readonly year: number }

export interface Numbered {
  /** The phone, and its own number for it: `0:3`. */
  readonly id: string
}
export type Said = Saying & Numbered
