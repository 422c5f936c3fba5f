import * as v from 'valibot'
import { reference, words } from '#kernel/schema.ts'

/** 受講者・相談者. Known by what they said of themselves; e-mail, account and birth date are never asked. */
export const learnerId = reference<'learner'>()
export type LearnerId = v.InferOutput<typeof learnerId>

/** 年代 by decade; `90` stands for 90 and over. */
export const AGE_BANDS = ['under60', '60', '70', '80', '90'] as const
export const ageBand = v.picklist(AGE_BANDS)
export type AgeBand = v.InferOutput<typeof ageBand>

/** 氏名 exactly as given: 髙 and 﨑 stay what they are. */
export const personName = words(60)
/** ふりがな in hiragana, as `parseKana` makes it. */
export const personKana = v.pipe(words(80), v.regex(/^[ぁ-ゖー・ ]+$/u))
/** A Japanese telephone number as digits, as `parsePhone` makes it. */
export const phone = v.pipe(v.string(), v.regex(/^0\d{9,10}$/))
