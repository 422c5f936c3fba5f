/** Words about who teaches, and about adding somebody who is not in the list yet. */
export const teachersJa = {
  purpose: '講師の氏名は、担当を決めることと、名簿を送る電話の確認だけに使います。',
  chosen: '教える人 {{count}}人',
  hint: '今は{{count}}人です。選んで「加える」を押してください。',
  pick: '選んでください',
  withKana: '{{name}}（{{kana}}）',
  add: '加える',
  role: '{{name}}さんの役',
  remove: '外す',
  removeLabel: '{{name}}さんを外す',
  unknown: '名前がまだ届いていません',
  open: '一覧にない人を加える',
  name: '教える人の氏名',
  kana: '教える人のふりがな',
  addNew: 'この人を加える',
} as const
