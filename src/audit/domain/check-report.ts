import { type AuditBreak, type AuditCheck, inGroups } from './audit-check.ts'

const SENTENCES: Readonly<Record<AuditBreak['kind'], (lines: string) => string>> = {
  changed: (lines) => `${lines}が書き換えられています。`,
  missing: (lines) => `${lines}がなくなっています。`,
  cut: (lines) => `終わりの${lines}が切り取られています。`,
  swapped: (lines) => `${lines}が入れ替わっています。`,
  inserted: (lines) => `${lines}は、あとから入れられたものです。`,
  rewritten: (lines) => `${lines}までが、作り直されています。`,
}

/** What a check found, for a terminal: one sentence, then each place, then the head to write down. */
export function checkReport({ lineCount, head, breakCount, breaks }: AuditCheck): readonly string[] {
  if (head === null && breakCount === 0) return ['監査の記録は、まだ1行もありません。']
  return [
    breakCount === 0
      ? `監査の記録 ${lineCount}行は、欠けも書き換えもありません。`
      : `監査の記録 ${lineCount}行に、おかしい所が${breakCount}か所あります。`,
    ...breaks.map(breakSentence),
    ...(breaks.length < breakCount ? [`ほかに${breakCount - breaks.length}か所あります。`] : []),
    ...(head === null ? [] : [`最後の行は${head.seq}番、その印は ${inGroups(head.hash)} です。紙に控えてください。`]),
  ]
}

/** 「12番の行が書き換えられています。」 */
export function breakSentence({ kind, seq, until }: AuditBreak): string {
  const range = kind === 'swapped' ? `${seq}番と${until}番の行` : `${seq}番から${until}番までの行`
  return SENTENCES[kind](seq === until ? `${seq}番の行` : range)
}
