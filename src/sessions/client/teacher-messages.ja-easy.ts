import type { teachersJa } from './teacher-messages.ja.ts'

export const teachersJaEasy: Record<keyof typeof teachersJa, string> = {
  purpose: '先生の 名前は だれが 教えるかを 決める ためと、名簿の 電話の ためだけに 使います。',
  chosen: '教える 人 {{count}}人',
  hint: '今は {{count}}人です。選んで「入れる」を 押して ください。',
  pick: '選んで ください',
  withKana: '{{name}}（{{kana}}）',
  add: '入れる',
  role: '{{name}}さんの 役',
  remove: 'やめる',
  removeLabel: 'やめる：{{name}}さん',
  unknown: '名前が まだ 届いて いません',
  open: '新しい 人を 書く',
  name: '教える 人の 名前',
  kana: '教える 人の ふりがな',
  addNew: 'この 人を 入れる',
}
