import type { EnrollRefusal } from '#enrollment/domain/enrollment.ts'
import type { PersonTextProblem } from '#people/domain/person-text.ts'

export const ja = {
  mine: 'この端末からの申し込み',
  open: '「{{title}}」を見る',
  check: '申し込みを確かめる・取り消す',
  show: 'この申し込みを見る',
  of: '{{name}}さんの申し込み',
  receipt: '受付番号',
  kind: { info: 'お知らせ', warning: '確かめてください', success: 'できました', error: '確かめてください' },
  state: {
    waiting: 'お預かりしました',
    held: 'まだ届いていません',
    enrolled: '席がとれました',
    waitlisted: 'キャンセル待ちの{{position}}番目です',
    cancelled: '申し込みは取り消されています',
    refused: '申し込みを受けられませんでした',
  },
  next: {
    waiting: '申し込みは、この端末で預かっています。電波がつながると自動で送り、ここに結果が出ます。',
    held: '申し込みを市に届けられません。お手数ですが、お電話でお知らせください。',
    enrolled: '当日は、お名前か受付番号を受付で伝えてください。',
    waitlisted: '席が空くと、順番に席をおとりします。受付番号をひかえておいてください。',
    cancelled: '覚えがないときは、お電話でお知らせください。',
  },
  refusal: {
    session_unknown: 'この回は、今は申し込めません。くわしくはお電話（{{phone}}）でお聞きください。',
    session_cancelled: 'この回は中止になりました。ほかの日をご覧ください。',
    deadline_passed: '申し込みは{{until}}までです。まだ間に合うことがあります。お電話（{{phone}}）でお聞きください。',
    already_enrolled:
      'この方は、もうこの回に申し込んでいます。番号を忘れたときは、お電話（{{phone}}）でお聞きください。',
    other: '受け付けられませんでした。お電話（{{phone}}）でお聞きください。',
  } satisfies Record<Exclude<EnrollRefusal['code'], 'use_stopped'> | 'other', string>,
  failed: {
    heading: 'この端末に書けませんでした',
    text: '書いたものは、そのまま残っています。もう一度押すか、お電話（{{phone}}）で申し込んでください。',
  },
  oldForm: {
    heading: 'もう一度押してください',
    text: '書いたものは、そのまま残っています。下のボタンを、もう一度押してください。',
  },
  form: {
    heading: '申し込む',
    wait: 'キャンセル待ちを申し込む',
    again: 'もう一人、申し込む',
    lead: '3つ書いて、下のボタンを押してください。お電話でも申し込めます。',
    leadFull: '今は満員です。席が空くのを待つことができます。3つ書いて、下のボタンを押してください。',
    required: '※必須',
    name: '氏名',
    nameHint: '例：髙橋 花子',
    nameKana: 'ふりがな',
    nameKanaHint: '例：たかはし はなこ',
    phone: '電話番号',
    phoneHint: '例：0996-00-0000。家族の番号でもかまいません。',
    purpose: 'お名前と電話番号は、教室の受付とご連絡、人数の集計だけに使います。',
    send: '申し込む',
    sendFull: 'キャンセル待ちを申し込む',
    problems: '{{count}}か所を直してください',
  },
  problem: {
    empty: {
      name: '氏名を書いてください。',
      nameKana: 'ふりがなを書いてください。',
      phone: '電話番号を書いてください。',
    },
    too_long: '長すぎます。{{limitCount}}文字までで書いてください。',
    unreadable_character: '絵文字など、使えない文字があります。消してください。',
    not_kana: 'ふりがなは、ひらがなかカタカナで書いてください。',
    not_a_phone: '電話番号を、市外局番から書いてください。例：0996-00-0000',
  } satisfies Record<PersonTextProblem['code'], string | object>,
} as const
