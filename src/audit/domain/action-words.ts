import type { AuditAction } from './audit-entry.ts'

/** What was done, in plain words, by the two parts of its name. Of the file as well, which is in Japanese as the city's papers are. */
export const ACTION_WORDS = {
  signIn: { done: '入った', refused: '入れなかった', ended: '出た' },
  staff: {
    setUp: '最初の管理者になった',
    invited: '職員を招いた',
    joined: '職員として加わった',
    roleChanged: '職員の役割を変えた',
    disabled: '職員を使えないようにした',
    enabled: '職員をまた使えるようにした',
    instructorLinked: '職員と講師を結びつけた',
    recoveryAsked: '入り直しを願い出た',
    recoveryApproved: '入り直しを認めた',
    recoveryWithdrawn: '入り直しの願いを取り下げた',
    recovered: '入り直した',
  },
  passkey: { added: 'パスキーを加えた', removed: 'パスキーを外した' },
  secondWay: {
    made: '紙の番号を作った',
    confirmed: '紙の番号を使えるようにした',
    removed: '紙の番号を使えないようにした',
  },
  pairing: {
    codeMade: '電話をつなぐ番号を作った',
    done: '電話をつないだ',
    refused: '電話をつなげなかった',
    ended: '電話を止めた',
    wiped: '電話の名簿が消えた',
  },
  roster: { sent: '名簿を端末に送った' },
  people: { viewed: '名前の一覧を見た' },
  person: {
    viewed: '1人の記録を見た',
    exported: '1人の記録を書き出した',
    correct: '1人の記録を訂正した',
    stop: '利用を止めた',
    resume: '利用を再開した',
    erase: '1人の記録を消した',
    merge: '2つの記録を同じ人としてまとめた',
    separate: 'まとめた記録を分けた',
  },
  list: { exported: '一覧を書き出した' },
  outboxFile: { taken: '電話の記録をファイルから取り込んだ' },
  audit: { viewed: '監査の記録を見た', purged: '古い監査の記録を消した' },
  retention: { done: '保存期間が過ぎたものを消した' },
  venue: { save: '会場を書き込んだ' },
  instructor: { save: '講師を書き込んだ' },
  session: {
    create: '教室を作った',
    edit: '教室を直した',
    publish: '教室を公開した',
    cancel: '教室を中止した',
  },
  enrollment: { request: '申し込みを受けた', cancel: '申し込みを取り消した', withdraw: '本人が取り消した' },
  attendance: { mark: '出席の印をつけた', undo: '出席の印を取り消した', walkIn: '当日の人を受け付けた' },
  training: { certify: '講師の認定を記録した' },
  plan: { setIndicator: '目標を書き込んだ', recordItem: '実績を書き込んだ', closeYear: '年度を締めた' },
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>

export function actionWord(action: AuditAction): string {
  const [part = '', name = ''] = action.split('.')
  const words: Readonly<Record<string, Readonly<Record<string, string>>>> = ACTION_WORDS
  return words[part]?.[name] ?? action
}
