import type { BookingField, BookingKeyProblem } from '#enrollment/domain/own-booking.ts'
import type { BookingSheet } from '#pages/domain/page.ts'

export const ja = {
  title: '申し込みを確かめる・取り消す',
  lead: '受付番号と、電話番号の下4けたを書いてください。お電話でもお答えします。',
  needsNetwork: 'この画面は、電波のある所でお使いください。',
  required: '※必須',
  receiptNumber: '受付番号',
  receiptNumberHint: '例：482-913。申し込んだときにお伝えした、6けたの番号です。',
  phoneLast4: '電話番号の下4けた',
  phoneLast4Hint: '例：1234。申し込んだときに書いた電話番号の、最後の4つの数字です。',
  purpose: 'お書きになった番号は、申し込みを探すためだけに使います。',
  send: '申し込みを確かめる',
  checking: '確かめています',
  problems: '{{count}}か所を直してください',
  problem: {
    empty: {
      receiptNumber: '受付番号を書いてください。',
      phoneLast4: '電話番号の下4けたを書いてください。',
    } satisfies Record<BookingField, string>,
    not_six_digits: '受付番号は、6けたの数字で書いてください。例：482-913',
    not_four_digits: '電話番号の最後の4つの数字を書いてください。例：1234',
  } satisfies Record<BookingKeyProblem, string | object>,
  kind: { info: 'お知らせ', warning: '確かめてください', success: 'できました', error: '確かめてください' },
  trouble: {
    unknown: {
      heading: '申し込みが見つかりません',
      text: '受付番号か、電話番号の下4けたが違うようです。番号を見直して、もう一度押してください。分からないときは、お電話（{{phone}}）でお聞きください。',
    },
    too_many: {
      heading: 'しばらくお待ちください',
      text: '番号の違いが続いたため、1時間ほどお休みしています。お急ぎのときは、お電話（{{phone}}）でお答えします。',
    },
    old_form: {
      heading: 'もう一度押してください',
      text: '書いたものは、そのまま残っています。下のボタンを、もう一度押してください。',
    },
  } satisfies Record<NonNullable<Extract<BookingSheet, { step: 'ask' }>['trouble']>, object>,
  offline: {
    heading: '電波がありません',
    text: '書いたものは、そのまま残っています。電波のある所で、もう一度押してください。お電話（{{phone}}）でもお答えします。',
  },
  state: {
    enrolled: '席があります',
    waitlisted: 'キャンセル待ちの{{position}}番目です',
    cancelled: 'この申し込みは取り消してあります',
  },
  next: {
    enrolled: '当日は、お名前か受付番号を受付で伝えてください。',
    waitlisted: '席が空くと、順番に席をおとりします。',
    cancelled: 'もう一度申し込むときは、教室のページかお電話（{{phone}}）でどうぞ。',
  },
  sessionCancelled: {
    heading: 'この回は中止になりました',
    text: 'おいでいただく必要はありません。くわしくはお電話（{{phone}}）でお聞きください。',
  },
  begun: {
    heading: 'ここでは取り消せません',
    text: 'この回は、もう始まっています。お電話（{{phone}}）でお知らせください。',
  },
  own: {
    waiting: {
      heading: '取り消しをお預かりしました',
      text: '電波がつながると、自動で市に送ります。届くまでは、席はそのままです。お急ぎのときは、お電話（{{phone}}）でお知らせください。',
    },
    held: {
      heading: '取り消しを市に届けられません',
      text: 'お手数ですが、お電話（{{phone}}）でお知らせください。',
    },
    failed: {
      heading: 'この端末に書けませんでした',
      text: 'まだ何も取り消していません。もう一度押すか、お電話（{{phone}}）でお知らせください。',
    },
    other: '別の申し込みを確かめる',
  },
  session: '教室',
  withdraw: {
    heading: '行けなくなったとき',
    text: '取り消すと、待っている方が席をとれます。',
    button: 'この申し込みを取り消す',
  },
  confirm: {
    heading: 'この申し込みを取り消しますか',
    text: '取り消すと、席はほかの方のものになります。元には戻せません。まだ何も取り消していません。',
    button: '取り消す',
    back: '取り消さずに戻る',
  },
  withdrawn: {
    heading: '申し込みを取り消しました',
    text: 'お知らせくださり、ありがとうございます。もう何もしなくて大丈夫です。',
  },
} as const
