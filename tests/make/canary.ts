import { formatPhone } from '#people/domain/person-text.ts'

/** A person nobody else is like, so that every trace of them is theirs alone. */
export const CANARY = { name: '𩸽䨺 驫麤子', nameKana: 'ぎょぼぬ へむゆよ', phone: '08098761357' } as const

const HIRAGANA_TO_KATAKANA = 0x60

/** The canary in every way it could have been written down. */
export function canaryTraces(person: { name: string; nameKana: string; phone: string } = CANARY): readonly string[] {
  const katakana = person.nameKana.replace(/[ぁ-ゖ]/g, (letter) =>
    String.fromCharCode(letter.charCodeAt(0) + HIRAGANA_TO_KATAKANA),
  )
  const kana = [person.nameKana, katakana, 'ｷﾞｮﾎﾞﾇ ﾍﾑﾕﾖ']
  const { phone } = person
  return [
    person.name,
    person.name.replace(' ', ''),
    ...kana.flatMap((one) => [one, one.replace(' ', ''), ...one.split(' ')]),
    phone,
    formatPhone(phone),
    phone.replace(/(\d{3})(\d{4})(\d{4})/, '$1 $2 $3'),
    phone.slice(1),
    `"phoneLast4": "${phone.slice(-4)}"`, // as the database prints it: four digits alone stand in many an id
  ]
}

/** Which traces of the canary stand in a text. */
export function tracesIn(text: string, traces = canaryTraces()): readonly string[] {
  return traces.filter((trace) => text.includes(trace))
}
