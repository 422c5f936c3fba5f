import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { en as deskEn } from '#attendance/client/messages.en.ts'
import { jaEasy as deskEasy } from '#attendance/client/messages.ja-easy.ts'
import { ja as desk } from '#attendance/client/messages.ja.ts'
import { en as bookingEn } from '#enrollment/client/booking-messages.en.ts'
import { jaEasy as bookingEasy } from '#enrollment/client/booking-messages.ja-easy.ts'
import { ja as booking } from '#enrollment/client/booking-messages.ja.ts'
import { en as signUpEn } from '#enrollment/client/messages.en.ts'
import { jaEasy as signUpEasy } from '#enrollment/client/messages.ja-easy.ts'
import { ja as signUp } from '#enrollment/client/messages.ja.ts'
import { en as entryEn } from '#enrollment/client/office-messages.en.ts'
import { jaEasy as entryEasy } from '#enrollment/client/office-messages.ja-easy.ts'
import { ja as entry } from '#enrollment/client/office-messages.ja.ts'
import { en as officeEn } from '#sessions/client/office-messages.en.ts'
import { jaEasy as officeEasy } from '#sessions/client/office-messages.ja-easy.ts'
import { ja as office } from '#sessions/client/office-messages.ja.ts'

const RULES = readFileSync(join(import.meta.dirname, '../../docs/rules.md'), 'utf8')

test.each([
  ['sign-up (with and without JavaScript)', signUp.form, signUpEasy.form, signUpEn.form],
  ['entry by the office', entry.form, entryEasy.form, entryEn.form],
  ['walk-in', desk.walkIn, deskEasy.walkIn, deskEn.walkIn],
  ['/booking', booking, bookingEasy, bookingEn],
  ['new instructor', office.teachers, officeEasy.teachers, officeEn.teachers],
])('beside the form of %s stands what it is used for, in the words of the rule', (form, ja, easy, en) => {
  expect(RULES).toContain(`| ${form} | ${ja.purpose} | ${easy.purpose} | ${en.purpose} |`)
})
