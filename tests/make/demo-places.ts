import type { Instructor } from '#people/domain/instructor.ts'
import type { Venue } from '#people/domain/venue.ts'
import type { SessionFields, SessionKind } from '#sessions/domain/session.ts'
import { makeChance } from './chance.ts'
import { makeInstructor, makeVenue } from './payloads.ts'

const chance = makeChance('places')
const FOUNDED = Date.parse('2025-02-20T00:00:00.000Z')

const venue = (name: string, address: string, district: string): Venue =>
  makeVenue({ venueId: chance.newId(FOUNDED), name, address, district })
const instructor = (name: string, nameKana: string): Instructor =>
  makeInstructor({ instructorId: chance.newId(FOUNDED), name, nameKana })

/** 会場 of the town, the largest first. */
export const VENUES: readonly Venue[] = [
  venue('中央公民館 大研修室', '本町1丁目2番3号', '本町'),
  venue('保健福祉センター 研修室', '本町3丁目10番1号', '本町'),
  venue('浜通り交流センター', '浜通り214番地', '浜通り'),
  venue('町立図書館 2階会議室', '緑が丘5番地1', '緑が丘'),
  venue('山手地区公民館', '山手1208番地', '山手'),
  venue('岬の丘コミュニティセンター', '岬の丘77番地', '岬'),
  venue('北部生活改善センター', '北浦3051番地2', '北部'),
]

/** 講師・補助員 of the town. */
export const INSTRUCTORS: readonly Instructor[] = [
  instructor('川畑 直美', 'かわばた なおみ'),
  instructor('宮﨑 健一', 'みやざき けんいち'),
  instructor('上薗 さゆり', 'うえぞの さゆり'),
  instructor('岩﨑 達也', 'いわさき たつや'),
  instructor('新原 恵', 'しんばる めぐみ'),
  instructor('坂口 洋一', 'さかぐち よういち'),
  instructor('野村 美穂子', 'のむら みほこ'),
  instructor('藤﨑 亮', 'ふじさき りょう'),
]

export type Program = Pick<SessionFields, 'title' | 'note'>

const BRING =
  '持ち物：お使いのスマートフォン、充電器、必要な方は老眼鏡。スマートフォンをお持ちでない方には、町の練習用をお貸しします。'

const CLASSES: readonly Program[] = [
  { title: 'はじめてのスマートフォン', note: `電源の入れ方、電話のかけ方、文字の打ち方から始めます。${BRING}` },
  { title: 'はじめてのLINE', note: `家族や友だちと、文字や写真をやりとりしてみましょう。${BRING}` },
  {
    title: 'スマホで写真をとろう',
    note: `庭の花やお孫さんをきれいに写すこつを学びます。外でも写しますので、帽子をお持ちください。${BRING}`,
  },
  { title: '地図アプリでおでかけ', note: `行き先までの道と、バスの時刻を調べます。${BRING}` },
  {
    title: 'マイナポータルを使ってみよう',
    note: `マイナンバーカードと、4けたの暗証番号が分かるものをお持ちください。${BRING}`,
  },
  {
    title: 'だまされないためのスマホ教室',
    note: `うその電話やメールの見分け方を、消費生活相談員といっしょに学びます。${BRING}`,
  },
  { title: 'インターネットで調べもの', note: `料理の作り方や病院の休みを、声で調べてみましょう。${BRING}` },
  { title: '防災アプリと天気予報', note: `台風の前に、避難所と雨雲を見られるようにします。${BRING}` },
  { title: 'LINEでビデオ通話', note: `遠くの家族と、顔を見ながら話せるようになります。${BRING}` },
  { title: 'QRコードを読みとろう', note: `お店や役場の案内を、カメラで開いてみます。${BRING}` },
  { title: 'スマホで支払いをためそう', note: `練習用のアプリを使います。お金はかかりません。${BRING}` },
  { title: '町の手続をスマホで', note: `役場に行かずにできる手続を、画面を見ながらためします。${BRING}` },
]
const OUTREACHES: readonly Program[] = [
  { title: '出前講座：はまなす会（高齢者クラブ）', note: '対象：はまなす会の会員の皆さん。内容：はじめてのLINE。' },
  {
    title: '出前講座：北部いきいきサロン',
    note: '対象：サロンに参加している皆さん。内容：うその電話とメールの見分け方。',
  },
  { title: '出前講座：岬自治会', note: '対象：岬自治会の皆さん。内容：防災アプリと避難所の調べ方。' },
  { title: '出前講座：山手婦人会', note: '対象：婦人会の会員の皆さん。内容：スマホで写真をとろう。' },
]
const HELP_DESK: Program = {
  title: 'スマホよろず相談所',
  note: '困りごとを一つずつ、いっしょに解決します。予約の方が先ですが、当日そのまま来ていただいてもかまいません。',
}
const TRAININGS: readonly Program[] = [
  {
    title: 'スマホ講師養成講座 第1回（教え方の基本）',
    note: '全3回です。3回とも出席した方を、町のスマホ講師に認定します。',
  },
  { title: 'スマホ講師養成講座 第2回（教材を使った練習）', note: '全3回です。第1回の資料をお持ちください。' },
  { title: 'スマホ講師養成講座 第3回（模擬教室とまとめ）', note: '全3回です。修了の確認を行います。' },
]
const PROGRAMS: Readonly<Record<SessionKind, readonly Program[]>> = {
  class: CLASSES,
  outreach: OUTREACHES,
  helpDesk: [HELP_DESK],
  instructorTraining: TRAININGS,
}

/** What is offered of a kind, in the order in which the town offers it. */
export function programsOf(kind: SessionKind): readonly Program[] {
  return PROGRAMS[kind]
}
