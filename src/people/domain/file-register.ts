import { toCsv } from '#kernel/csv.ts'
import { PURPOSES } from './purposes.ts'
import { RETENTION, type RetentionLine } from './retention.ts'

// source: docs/rules.md#personal-data-register

/** From so many identifiable people on, a city has to make and publish a 個人情報ファイル簿 (個人情報保護法 第75条, 施行令 第20条). */
export const REGISTER_FROM_COUNT = 1000
/** From here on the office is told that it is near. */
export const REGISTER_NEAR_COUNT = 800

export type RegisterLevel = 'below' | 'near' | 'required'

export function assessRegister(peopleCount: number): RegisterLevel {
  if (peopleCount >= REGISTER_FROM_COUNT) return 'required'
  return peopleCount >= REGISTER_NEAR_COUNT ? 'near' : 'below'
}

/** One line of the 個人情報ファイル簿, in Japanese: it is published as it stands. */
export interface RegisterField {
  readonly name: string
  readonly value: string
}

/** GET /api/privacy */
export interface PrivacyAnswer {
  /** People of whom a name, ふりがな or number is held. */
  readonly peopleCount: number
  readonly erasedCount: number
  readonly level: RegisterLevel
  readonly retention: readonly RetentionLine[]
  readonly register: readonly RegisterField[]
}

/** What only the city itself can say. */
const BY_CITY = '（市で記入）'

/** The fields of the 個人情報ファイル簿, filled with what this program really keeps and does. */
export function fileRegister(city: {
  readonly name: string
  readonly phone: string
  readonly peopleCount: number
}): readonly RegisterField[] {
  const years = { contacts: RETENTION.contacts.afterYears, certified: RETENTION.certified.afterYears }
  return [
    { name: '個人情報ファイルの名称', value: 'スマートフォン教室等 受講者・相談者ファイル' },
    { name: '行政機関等の名称', value: city.name },
    { name: '利用に供される事務をつかさどる組織の名称', value: BY_CITY },
    { name: '利用目的', value: PURPOSES.join('') },
    {
      name: '記録項目',
      value:
        '1 氏名、2 ふりがな、3 電話番号、4 年代（当日の受付の人だけ、答えた場合）、5 申込（教室、受付番号、申込の方法、日時）、6 出席、7 講師の認定（日付、番号）、8 利用停止の有無',
    },
    { name: '記録範囲', value: `教室・相談所・講座に申し込んだ人、来た人（現在${city.peopleCount}人）` },
    { name: '記録情報の収集方法', value: '本人またはその家族の申込（ウェブ、電話、窓口、紙）と、当日の受付' },
    { name: '要配慮個人情報が含まれるときは、その旨', value: '含まない' },
    {
      name: '記録情報の経常的提供先',
      value:
        'なし（市から任された講師・補助員の電話には、担当する回の前日から翌日まで、氏名とふりがなだけの名簿を送る）',
    },
    { name: '開示請求等を受理する組織の名称及び所在地', value: `${BY_CITY} 電話 ${city.phone}` },
    { name: '訂正及び利用停止に関する他の法令の規定による特別の手続等', value: 'なし' },
    { name: '個人情報ファイルの種別', value: '電子計算機処理に係るファイル（マニュアル処理ファイルの有無は市で記入）' },
    {
      name: '行政機関等匿名加工情報の提案の募集をする個人情報ファイルである旨',
      value: BY_CITY,
    },
    {
      name: '備考（保存期間）',
      value: `最後に関わった年度の終わりから${years.contacts}年。認定された人は${years.certified}年。その後は自動で消去し、件数だけを残す。`,
    },
  ]
}

/** The register as a file for spreadsheets. */
export function registerCsv(fields: readonly RegisterField[]): string {
  return toCsv([['項目', '内容'], ...fields.map(({ name, value }) => [name, value])])
}
