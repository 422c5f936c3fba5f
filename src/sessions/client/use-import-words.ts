import { useLanguage, useTranslation } from '#client/i18n.ts'
import type { ImportRemark, ImportRowRefusal } from '#sessions/domain/event-csv-remark.ts'
import { importWords } from './import-words.ts'
import type { ImportFileProblem } from './read-import-file.ts'

interface ImportSentences {
  readonly ofRemark: (remark: ImportRemark) => string
  readonly ofRow: (refusal: ImportRowRefusal) => string
  readonly ofFile: (problem: ImportFileProblem) => string
}

/** Everything an import can answer, as sentences. */
export function useImportWords(): ImportSentences {
  const t = useTranslation('office')
  const language = useLanguage()
  return {
    ofRemark: (remark) => t(`import.remark.${remark.code}`, importWords(remark, language)),
    ofRow: (refusal) => t(`import.row.${refusal.code}`, importWords(refusal, language)),
    ofFile: (problem) =>
      problem.code === 'reader_missing'
        ? t('import.readerMissing')
        : t(`import.file.${problem.code}`, importWords(problem, language)),
  }
}
