import type { SameKeys } from '#client/i18n.ts'
import type { ja } from './second-way-messages.ja.ts'

export const jaEasy: SameKeys<typeof ja> = {
  heading: '紙の 番号で 入る',
  lead: '窓口で もらった 紙と、アプリの 番号（6けた）を 使います。ゆっくりで いいです。',
  label: {
    staffNumber: '職員の 番号（6けた）',
    sheetCode: '紙の 番号（8けた）',
    changingCode: '変わる 番号（6けた）',
  },
  hint: {
    staffNumber: '紙の 一番 上に あります。',
    sheetCode: '線で 消して いない 番号を 1つ 使います。使ったら 線で 消して ください。',
    changingCode: 'アプリに 今 出て いる 番号です。30秒で 変わります。1つ 前の 番号でも いいです。',
  },
  required: '※かならず',
  problem: {
    staffNumber: { empty: '職員の 番号を 書いて ください。', wrong_length: '職員の 番号は 6けたです。' },
    sheetCode: { empty: '紙の 番号を 書いて ください。', wrong_length: '紙の 番号は 8けたです。' },
    changingCode: { empty: '変わる 番号を 書いて ください。', wrong_length: '変わる 番号は 6けたです。' },
  },
  problemHeading: '{{count}}つ 直して ください',
  kind: '見て ください',
  send: '入る',
  sending: '見て います',
  refused: {
    heading: 'まだ 入って いません',
    second_way_wrong: '番号が 違います。一度 使った 番号は もう 使えません。次の 番号で もう一度 書いて ください。',
    too_many: '何回も 違いました。{{minutes}}分 待って ください。ほかの 入り方でも いいです。',
    offline: '電波が ありません。電波の ある 所で もう一度 押して ください。',
    fault: '今は 見る ことが できません。少し 待って もう一度 押して ください。',
    help: '紙を なくした ときは、管理者に 言って ください。',
  },
}
