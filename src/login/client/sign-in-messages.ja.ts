import type { InvitationPurpose } from '#login/domain/login-limits.ts'
import type { EntryTrouble } from './passkeys.ts'

export const ja = {
  kind: { check: '確かめてください' },
  page: {
    title: '職員の入り口',
    lead: '指紋や顔、または端末の暗証番号で入ります。合言葉は要りません。',
    enter: '入る',
    busy: '確かめています',
  },
  secondWay: { heading: '紙の番号で入る方', open: '番号を書いて入る' },
  volunteers: {
    heading: '講師・補助員の方',
    text: '事務局から受け取った番号で、ご自分の電話をつなぎます。',
    link: '電話をつなぐ',
  },
  firstTime: {
    heading: 'はじめての方、入れなくなった方',
    text: '管理者から受け取ったリンクを、ふだん使う端末で開いてください。リンクがないときは、管理者に声をかけてください。',
  },
  join: {
    title: '入れるようにする',
    setUp: 'あなたが、はじめての管理者になります。',
    join: '職員として招かれています。',
    recover: 'もう一度入れるようにします。これまでの入り方は、すべて使えなくなります。',
    loading: 'リンクを確かめています。',
    for: '{{name}}さんのためのリンクです。',
    name: 'お名前',
    required: '必須',
    nameHint: 'ほかの職員に見える名前です。',
    nameMissing: 'お名前を{{maxLength}}文字までで書いてください。',
    how: 'この端末の指紋や顔、または暗証番号を確かめます。それらがこの端末の外へ送られることはありません。',
    send: 'この端末で入れるようにする',
  } satisfies Record<InvitationPurpose | 'title', string> & Record<string, string>,
  again: {
    heading: 'もう一度入ってください',
    text: 'しばらく使わなかったか、ほかの端末で終わりにしたためです。書きかけのことと、送っていない記録は、この端末に残っています。',
    link: '入る',
  },
  trouble: {
    no_passkeys: {
      heading: 'ここでは、この入り方が使えません',
      text: '新しい版の Chrome、Edge、Safari、Firefox で、事務局から聞いた住所（アドレス）を開いてください。',
    },
    gave_up: {
      heading: '入りませんでした',
      text: '時間が過ぎたか、途中でやめたか、この端末にまだ登録がありません。もう一度ボタンを押してください。',
    },
    already_here: {
      heading: 'この端末は、もう登録されています',
      text: 'そのまま入れます。別の端末を足すときは、その端末で同じ画面を開いてください。',
    },
    offline: { heading: 'つながりません', text: '電波のある所で、もう一度ボタンを押してください。' },
    too_many_requests: {
      heading: '少し待ってください',
      text: 'うまくいかないことが続きました。1時間ほど待つか、管理者に声をかけてください。',
    },
    fault: {
      heading: 'うまくいきませんでした',
      text: 'もう一度お試しください。続くときは、管理者に知らせてください。',
    },
    sign_in_refused: {
      heading: '入れませんでした',
      text: 'この端末の登録は、今は使えません。もう一度試すか、管理者に声をかけてください。',
    },
    invitation_unknown: {
      heading: 'このリンクは使えません',
      text: '一度使ったか、期限が過ぎたか、途中で切れています。新しいリンクを管理者からもらってください。はじめての管理者の方は、よろずを起動し直すと、新しいリンクが出ます。',
    },
    passkey_refused: {
      heading: '登録できませんでした',
      text: '時間が過ぎたか、端末で本人を確かめられませんでした。もう一度ボタンを押してください。',
    },
    name_missing: { heading: 'お名前がありません', text: 'お名前を書いて、もう一度ボタンを押してください。' },
    sign_in_again: {
      heading: 'もう一度入ってください',
      text: '入り方を変える前に、ご本人かを確かめます。入り直すと、続けられます。',
    },
  } satisfies Record<EntryTrouble, { readonly heading: string; readonly text: string }>,
} as const
