const KATAKANA_TO_HIRAGANA = 0x60
const SMALL = 'ぁぃぅぇぉっゃゅょゎゕゖ'
const LARGE = 'あいうえおつやゆよわかけ'

/** Katakana, also half-width and with separate voicing marks, as hiragana: ｻﾞ, ザ and サ゛ become ざ. All else stays. */
export function toHiragana(text: string): string {
  const whole = text
    .replace(/[\uFF65-\uFF9F]+/g, (run) => run.normalize('NFKC'))
    .replace(/([ぁ-ヿ])[\u3099\u309B]/g, (_, letter: string) => `${letter}\u3099`.normalize('NFC'))
    .replace(/([ぁ-ヿ])[\u309A\u309C]/g, (_, letter: string) => `${letter}\u309A`.normalize('NFC'))
  return letterByLetter(whole)
}

/** What a search compares: ｻﾄｳ ﾊﾅｺ, さどう ハナコ and さとうはなこ all give さとうはなこ. Never stored as a name. */
export function kanaKey(text: string): string {
  return unvoiced(text)
    .replace(/[\u3099\u309A]/g, '')
    .replace(/[ぁぃぅぇぉっゃゅょゎゕゖ]/g, (small) => LARGE.charAt(SMALL.indexOf(small)))
    .replace(/[ー・\s]/g, '')
    .normalize('NFKD') // marks of other scripts that a dropped blank kept apart: a key stays its own key
}

/** 五十音 order for rosters: negative when `a` comes first. Compares code units only, so that a phone, a server and a
 *  printer agree; voiced after unvoiced (か, が), small before large (っ, つ), then hiragana before katakana. */
export function compareKana(a: string, b: string): number {
  return compareText(kanaKey(a), kanaKey(b)) || compareText(unvoiced(a), unvoiced(b)) || compareText(a, b)
}

/** 行: the heading under which a roster shows a name. */
export type KanaRow = 'あ' | 'か' | 'さ' | 'た' | 'な' | 'は' | 'ま' | 'や' | 'ら' | 'わ' | '他'

// Each row and the first letter after it, in code order, which is 五十音 order once small and voiced letters are folded.
const ROWS: readonly (readonly [KanaRow, string])[] = [
  ['あ', 'か'],
  ['か', 'さ'],
  ['さ', 'た'],
  ['た', 'な'],
  ['な', 'は'],
  ['は', 'ま'],
  ['ま', 'や'],
  ['や', 'ら'],
  ['ら', 'わ'],
  ['わ', '\u3094'],
]

/** The row a name stands in; 他 for one that does not begin with kana. */
export function kanaRow(text: string): KanaRow {
  const first = kanaKey(text).charAt(0)
  if (first < 'あ') return '他'
  return ROWS.find(([, end]) => first < end)?.[0] ?? '他'
}

/** Hiragana with the voicing marks set apart, so that they can be compared last or dropped. */
function unvoiced(text: string): string {
  return letterByLetter(toHiragana(text).normalize('NFKD'))
}

function letterByLetter(text: string): string {
  return text.replace(/[ァ-ヶ]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - KATAKANA_TO_HIRAGANA))
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
