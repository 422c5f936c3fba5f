import { toCsv } from '#kernel/csv.ts'
import { localDateOf, localTimeOf, type Instant } from '#kernel/time.ts'
import type { Dossier } from './dossier.ts'
import { formatPhone } from './person-text.ts'

const CHANNELS = {
  web: '本人（ウェブ）',
  phone: '電話',
  counter: '窓口',
  family: '家族',
  paper: '紙',
  walkIn: '当日の受付',
} as const
const STATES = { enrolled: '席あり', waitlisted: 'キャンセル待ち', cancelled: '取り消し' } as const
const CHANGES = {
  'person.correct': '訂正',
  'person.stop': '利用停止',
  'person.resume': '利用の再開',
  'person.erase': '消去',
} as const

/** 開示のための写し: one line for each thing held, for the person to read or to take elsewhere. In Japanese, as the city's papers are. */
export function dossierCsv(dossier: Dossier): string {
  const { person, certification } = dossier
  return toCsv([
    ['項目', '日付・日時', '内容'],
    ['氏名', '', person.name ?? ''],
    ['ふりがな', '', person.nameKana],
    ['電話番号', '', person.phone === null ? '' : formatPhone(person.phone)],
    ['年代', '', person.ageBand ?? ''],
    ['はじめに受け取った日', day(person.firstMetAt), CHANNELS[person.source]],
    ...(person.stoppedAt === null ? [] : [['利用停止', day(person.stoppedAt), '']]),
    ['保存の期限', person.keptUntil ?? '', ''],
    ...dossier.halves.map((one) => [
      '同じ人の別の記録',
      day(one.firstMetAt),
      [one.name, one.nameKana, one.phone === null ? null : formatPhone(one.phone)].filter(Boolean).join('／'),
    ]),
    ...dossier.enrollments.map((one) => [
      '申込',
      one.heldOn ?? '',
      `${one.title}／${STATES[one.state]}／受付番号 ${one.receiptNumber}／${CHANNELS[one.channel]}`,
    ]),
    ...dossier.attendances.map((one) => ['出席', one.heldOn ?? day(one.firstMarkedAt), one.title ?? '']),
    ...(certification === null ? [] : [['認定', certification.certifiedOn, certification.number]]),
    ...dossier.lists.map((one) => ['名簿のある電話', moment(one.sinceAt), `${one.title}／${one.holder}`]),
    ...dossier.changes.map((one) => [CHANGES[one.name], moment(one.at), '']),
  ])
}

function day(at: Instant): string {
  return localDateOf(at)
}

function moment(at: Instant): string {
  return `${localDateOf(at)} ${localTimeOf(at)}`
}
