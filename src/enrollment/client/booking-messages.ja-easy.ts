import type { SameKeys } from '#client/i18n.ts'
import type { ja } from './booking-messages.ja.ts'

export const jaEasy: SameKeys<typeof ja> = {
  title: '申し込みを 見る・やめる',
  lead: '受付番号（うけつけ ばんごう）と、電話番号の 最後の 4つの 数字を 書いて ください。電話でも いいです。',
  needsNetwork: 'この ページは、電波（でんぱ）の ある 所で 使って ください。',
  required: '※書いて ください',
  receiptNumber: '受付番号',
  receiptNumberHint: '例：482-913。申し込んだ ときに もらった、6つの 数字です。',
  phoneLast4: '電話番号の 最後の 4つの 数字',
  phoneLast4Hint: '例：1234。申し込んだ ときに 書いた 電話番号です。',
  purpose: '書いた 番号は、申し込みを 探す ためだけに 使います。',
  send: '申し込みを 見る',
  checking: '見て います',
  problems: '{{count}}つ なおして ください',
  problem: {
    empty: {
      receiptNumber: '受付番号を 書いて ください。',
      phoneLast4: '電話番号の 最後の 4つの 数字を 書いて ください。',
    },
    not_six_digits: '受付番号は、6つの 数字です。例：482-913',
    not_four_digits: '電話番号の 最後の 4つの 数字を 書いて ください。例：1234',
  },
  kind: { info: 'お知らせ', warning: '見て ください', success: 'できました', error: '見て ください' },
  trouble: {
    unknown: {
      heading: '申し込みが ありません',
      text: '番号が ちがいます。もう一度 見て、書いて ください。わからない ときは、電話（{{phone}}）で 聞いて ください。',
    },
    too_many: {
      heading: '少し 待って ください',
      text: 'ちがう 番号が 何回も ありました。1時間 くらい 休みます。急ぐ ときは、電話（{{phone}}）を して ください。',
    },
    old_form: {
      heading: 'もう一度 押して ください',
      text: '書いた ものは、ここに あります。下の ボタンを、もう一度 押して ください。',
    },
  },
  offline: {
    heading: '電波が ありません',
    text: '書いた ものは、ここに あります。電波の ある 所で、もう一度 押して ください。電話（{{phone}}）でも いいです。',
  },
  state: {
    enrolled: '席が あります',
    waitlisted: '待って いる 人の {{position}}番目です',
    cancelled: 'この 申し込みは やめて あります',
  },
  next: {
    enrolled: 'その日に、名前か 受付番号を 言って ください。',
    waitlisted: '席が あいたら、順番に 席を とります。',
    cancelled: 'もう一度 申し込む ときは、教室の ページか 電話（{{phone}}）で お願いします。',
  },
  sessionCancelled: {
    heading: 'この 教室は ありません（中止）',
    text: '来なくて いいです。くわしい ことは 電話（{{phone}}）で 聞いて ください。',
  },
  begun: {
    heading: 'ここでは やめられません',
    text: 'この 教室は もう 始まって います。電話（{{phone}}）で 教えて ください。',
  },
  own: {
    waiting: {
      heading: 'やめる ことを あずかりました',
      text: '電波（でんぱ）が つながると、自動で 送ります。それまで 席は あります。急ぐ ときは、電話（{{phone}}）を して ください。',
    },
    held: {
      heading: '市に 送れませんでした',
      text: '電話（{{phone}}）を して ください。',
    },
    failed: {
      heading: 'この 電話に 書けませんでした',
      text: 'まだ やめて いません。もう一度 押すか、電話（{{phone}}）を して ください。',
    },
    other: 'ほかの 申し込みを 見る',
  },
  session: '教室',
  withdraw: {
    heading: '行けなく なった とき',
    text: 'あなたが やめると、待って いる 人が 席を とれます。',
    button: 'この 申し込みを やめる',
  },
  confirm: {
    heading: 'この 申し込みを やめますか',
    text: 'やめると、席は ほかの 人の ものに なります。元に もどせません。まだ 何も して いません。',
    button: 'やめる',
    back: 'やめないで もどる',
  },
  withdrawn: {
    heading: '申し込みを やめました',
    text: '教えて くれて、ありがとうございます。もう 何も しなくて いいです。',
  },
}
