import type { SecondWayField } from '#login/domain/second-way.ts'

export const ja = {
  heading: '紙の番号で入る',
  lead: '窓口で受け取った紙と、変わる番号（アプリに出る6けた）を使います。急がなくて大丈夫です。',
  label: {
    staffNumber: '職員の番号（6けた）',
    sheetCode: '紙の番号（8けた）',
    changingCode: '変わる番号（6けた）',
  } satisfies Record<SecondWayField, string>,
  hint: {
    staffNumber: '紙のいちばん上にあります。',
    sheetCode: 'まだ線で消していない番号を、ひとつ使います。使ったら、線で消してください。',
    changingCode: 'アプリに今出ている番号です。30秒ごとに変わります。打つ間に変わっても、ひとつ前の番号で入れます。',
  } satisfies Record<SecondWayField, string>,
  required: '※必須',
  problem: {
    staffNumber: { empty: '職員の番号を書いてください。', wrong_length: '職員の番号は、6けたの数字で書いてください。' },
    sheetCode: { empty: '紙の番号を書いてください。', wrong_length: '紙の番号は、8けたの数字で書いてください。' },
    changingCode: {
      empty: '変わる番号を書いてください。',
      wrong_length: '変わる番号は、6けたの数字で書いてください。',
    },
  } satisfies Record<SecondWayField, Record<'empty' | 'wrong_length', string>>,
  problemHeading: '{{count}}か所を直してください',
  kind: '確かめてください',
  send: '入る',
  sending: '確かめています',
  refused: {
    heading: '入れませんでした',
    second_way_wrong:
      '番号のどれかが違います。一度使った紙の番号と、一度使った変わる番号は、もう使えません。次の番号で、もう一度お試しください。',
    too_many: 'まちがいが続いたので、しばらく止めています。{{minutes}}分ほど待つか、ほかの入り方で入ってください。',
    offline: '電波がありません。電波のある所で、もう一度押してください。',
    fault: '今は確かめられません。少し待って、もう一度押してください。',
    help: '紙をなくしたときは、管理者に頼んでください。',
  },
} as const
