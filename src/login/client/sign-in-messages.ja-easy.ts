import type { SameKeys } from '#client/i18n.ts'
import type { ja } from './sign-in-messages.ja.ts'

export const jaEasy: SameKeys<typeof ja> = {
  kind: { check: '見て ください' },
  page: {
    title: '職員の 入り口',
    lead: '指や 顔、または この 機械の 番号で 入ります。',
    enter: '入る',
    busy: '調べて います',
  },
  secondWay: { heading: '紙の 番号で 入る 人', open: '番号を 書いて 入る' },
  volunteers: {
    heading: '先生・手伝いの 人',
    text: '市役所で もらった 番号で、自分の 電話を つなぎます。',
    link: '電話を つなぐ',
  },
  firstTime: {
    heading: 'はじめての 人、入れない 人',
    text: '管理者から もらった リンクを、いつも 使う 機械で 開いて ください。リンクが ない ときは、管理者に 言って ください。',
  },
  join: {
    title: '入れるように する',
    setUp: 'あなたは、はじめての 管理者に なります。',
    join: '職員として 入れるように なります。',
    recover: 'もう一度 入れるように します。前の 入り方は、全部 使えなく なります。',
    loading: 'リンクを 調べて います。',
    for: '{{name}}さんの リンクです。',
    name: '名前',
    required: '書いて ください',
    nameHint: 'ほかの 職員が 見る 名前です。',
    nameMissing: '名前を {{maxLength}}文字までで 書いて ください。',
    how: 'この 機械が、指や 顔、または 番号を 調べます。指や 顔は、この 機械の 外に 行きません。',
    send: 'この 機械で 入れるように する',
  },
  again: {
    heading: 'もう一度 入って ください',
    text: '長い 間 使わなかったか、ほかの 機械で 終わりに しました。書いた ことと、まだ 送って いない ことは、この 機械に あります。',
    link: '入る',
  },
  trouble: {
    no_passkeys: {
      heading: 'ここでは 入れません',
      text: '新しい Chrome、Edge、Safari、Firefox で、もう一度 開いて ください。',
    },
    gave_up: {
      heading: '入りませんでした',
      text: '時間が 過ぎたか、やめたか、この 機械が まだ 登録されて いません。もう一度 ボタンを 押して ください。',
    },
    already_here: {
      heading: 'この 機械は、もう 登録されて います',
      text: 'そのまま 入れます。ほかの 機械は、その 機械で この ページを 開いて ください。',
    },
    offline: { heading: 'つながりません', text: '電波が ある 所で、もう一度 ボタンを 押して ください。' },
    too_many_requests: {
      heading: '少し 待って ください',
      text: '何回も うまく いきませんでした。1時間 待つか、管理者に 言って ください。',
    },
    fault: {
      heading: 'うまく いきませんでした',
      text: 'もう一度 して ください。だめな ときは、管理者に 言って ください。',
    },
    sign_in_refused: {
      heading: '入れませんでした',
      text: 'この 機械の 登録は、今 使えません。もう一度 するか、管理者に 言って ください。',
    },
    invitation_unknown: {
      heading: 'この リンクは 使えません',
      text: '一度 使ったか、時間が 過ぎたか、とちゅうで 切れて います。新しい リンクを 管理者から もらって ください。',
    },
    passkey_refused: {
      heading: '登録できませんでした',
      text: '時間が 過ぎたか、だれか 分かりませんでした。もう一度 ボタンを 押して ください。',
    },
    name_missing: { heading: '名前が ありません', text: '名前を 書いて、もう一度 ボタンを 押して ください。' },
    sign_in_again: {
      heading: 'もう一度 入って ください',
      text: '入り方を 変える 前に、あなたか どうか 調べます。もう一度 入ると、できます。',
    },
  },
}
