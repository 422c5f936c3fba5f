import { itemAt } from './chance.ts'

/** A person as they say it themselves. All are made up: no telephone number begins with 090-0000, and 0990 is given to nobody. */
export interface Person {
  /** 氏名, byte for byte. */
  readonly name: string
  /** ふりがな, hiragana. */
  readonly nameKana: string
  /** Digits. */
  readonly phone: string
}

const mobile = (n: number): string => `0900000${String(n).padStart(4, '0')}`
const landline = (n: number): string => `0990000${String(n).padStart(3, '0')}`

/** Names that break careless software: characters outside JIS X 0208, look-alikes, twins, couples on one phone, homonyms,
 *  the very long and the very short. */
export const RARE_PEOPLE: readonly Person[] = [
  { name: '髙橋 和子', nameKana: 'たかはし かずこ', phone: landline(101) }, // はしご髙, U+9AD9
  { name: '高橋 和子', nameKana: 'たかはし かずこ', phone: mobile(102) }, // another person with the usual 高
  { name: '﨑山 正雄', nameKana: 'さきやま まさお', phone: landline(103) }, // たつさき, U+FA11
  { name: '𠮷田 ミツ', nameKana: 'よしだ みつ', phone: landline(104) }, // つちよし, U+20BB7: two UTF-16 units
  { name: '\uFA19園 キヨ', nameKana: 'かみぞの きよ', phone: mobile(105) }, // 神 as U+FA19: another sign once normalized
  { name: '福元 一郎', nameKana: 'ふくもと いちろう', phone: landline(106) }, // twins in one house
  { name: '福元 二郎', nameKana: 'ふくもと じろう', phone: landline(106) },
  { name: '有村 勝', nameKana: 'ありむら まさる', phone: landline(107) }, // couples with one telephone
  { name: '有村 和江', nameKana: 'ありむら かずえ', phone: landline(107) },
  { name: '邊見 トシ子', nameKana: 'へんみ としこ', phone: mobile(108) },
  { name: '渡邉 邦夫', nameKana: 'わたなべ くにお', phone: landline(109) },
  { name: '渡邊 邦夫', nameKana: 'わたなべ くにお', phone: mobile(110) }, // not the same 邉, not the same man
  { name: '齋藤 節子', nameKana: 'さいとう せつこ', phone: landline(111) },
  { name: '斎藤 節子', nameKana: 'さいとう せつこ', phone: mobile(112) },
  { name: '山下 文江', nameKana: 'やました ふみえ', phone: landline(113) }, // 同姓同名
  { name: '山下 文江', nameKana: 'やました ふみえ', phone: mobile(114) },
  { name: '東 一', nameKana: 'ひがし はじめ', phone: mobile(115) }, // one character each
  {
    name: 'マリア・テレサ・フェルナンデス・デ・ラ・クルス',
    nameKana: 'まりあ・てれさ・ふぇるなんです・で・ら・くるす',
    phone: mobile(116),
  },
  { name: '勘解由小路 喜久右衛門', nameKana: 'かでのこうじ きくうえもん', phone: landline(117) },
  { name: '葛󠄀城 ハル', nameKana: 'かつらぎ はる', phone: landline(118) }, // 葛 with a variation selector, U+845B U+E0100
  { name: '濵田 清', nameKana: 'はまだ きよし', phone: landline(119) }, // 濵 U+6FF5
  { name: '濵田 スミ', nameKana: 'はまだ すみ', phone: landline(119) },
  { name: '德永 巖', nameKana: 'とくなが いわお', phone: landline(120) },
  { name: '眞邉 ヱツ', nameKana: 'まなべ えつ', phone: landline(121) }, // ヱ as registered in 1938
  { name: '瀨戸口 シヅ', nameKana: 'せとぐち しづ', phone: mobile(122) },
  { name: '桒原 実', nameKana: 'くわはら みのる', phone: landline(123) },
  { name: '栁 テル', nameKana: 'やなぎ てる', phone: landline(124) },
  { name: '南', nameKana: 'みなみ', phone: mobile(125) }, // said nothing but this
  { name: 'グエン ティ ホア', nameKana: 'ぐえん てぃ ほあ', phone: mobile(126) },
  { name: '坂元 ツル子', nameKana: 'さかもと つるこ', phone: landline(127) },
  { name: '坂本 鶴子', nameKana: 'さかもと つるこ', phone: landline(128) },
]

const FAMILIES = `中村 なかむら|山下 やました|前田 まえだ|川畑 かわばた|有馬 ありま|橋口 はしぐち|松元 まつもと|池田 いけだ|今村 いまむら|吉永 よしなが
長野 ながの|新留 にいどめ|鮫島 さめしま|永田 ながた|鶴田 つるた|大迫 おおさこ|岩元 いわもと|谷口 たにぐち|宮原 みやはら|木場 こば
竹下 たけした|脇田 わきた|井手口 いでぐち|四元 よつもと|芝原 しばはら|中尾 なかお|米倉 よねくら|小原 おばら|肥後 ひご|徳重 とくしげ
西田 にしだ|日高 ひだか|本田 ほんだ|橋之口 はしのくち|種子田 たねだ|久保 くぼ|原口 はらぐち|馬場 ばば|上原 うえはら|下野 しもの
迫 さこ|平石 ひらいし|児玉 こだま|園田 そのだ|丸山 まるやま|黒木 くろき|浜崎 はまさき|江口 えぐち|石神 いしがみ|外薗 ほかぞの`
const GIVEN = `和子 かずこ|正 ただし|節子 せつこ|勇 いさむ|トミ とみ|茂 しげる|幸子 さちこ|清 きよし|ヨシ子 よしこ|実 みのる
文子 ふみこ|進 すすむ|ミチ子 みちこ|勝 まさる|洋子 ようこ|昭 あきら|千代 ちよ|弘 ひろし|チヅ子 ちづこ|義雄 よしお
久子 ひさこ|三郎 さぶろう|スミエ すみえ|武 たけし|悦子 えつこ|誠 まこと|サチ子 さちこ|博 ひろし|敏子 としこ|辰雄 たつお
照子 てるこ|哲夫 てつお|マサ子 まさこ|等 ひとし|栄子 えいこ|利秋 としあき|ハツ はつ`

/** How many people of the town have ever asked for anything. */
export const PEOPLE_COUNT = 180

/** The people of the town, the rare ones first. No two have both ふりがな and telephone in common. */
export function makePeople(): readonly Person[] {
  const [families, given] = [pairsOf(FAMILIES), pairsOf(GIVEN)]
  const usual = Array.from({ length: PEOPLE_COUNT - RARE_PEOPLE.length }, (_, n) => {
    const [family, familyKana] = itemAt(families, n)
    const [first, firstKana] = itemAt(given, n)
    const phone = n % 5 < 3 ? landline(300 + n) : mobile(1000 + n * 7) // at this age three of five give the one at home
    return { name: `${family} ${first}`, nameKana: `${familyKana} ${firstKana}`, phone }
  })
  return [...RARE_PEOPLE, ...usual]
}

/** Those of them whose 氏名 nobody else has, so that what a page shows tells them apart. */
export function makeDistinctPeople(): readonly Person[] {
  const people = makePeople()
  return people.filter(({ name }) => people.filter((other) => other.name === name).length === 1)
}

function pairsOf(text: string): readonly (readonly [string, string])[] {
  return text.split(/[|\n]/).map((pair) => {
    const [written, kana = ''] = pair.split(' ')
    return [written ?? '', kana] as const
  })
}
