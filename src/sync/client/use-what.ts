import { useTranslation } from '#client/i18n.ts'
import { LOST } from '#client/local-schema.ts'
import type { Operation, OperationName } from '#sync/domain/protocol.ts'
import { subjectOf } from './ledger.ts'

interface What {
  /** What kind of thing was said: 「受付」. */
  readonly kind: (name: OperationName) => string
  /** The same with whom or what it was about: 「受付：佐藤 花子」. */
  readonly full: (operation: Operation, subject?: string | null) => string
}

/** Plain words for operations. */
export function useWhat(): What {
  const t = useTranslation('sync')
  const kind: What['kind'] = (name) => t(`what.${name.replace(LOST, '') as OperationName}`)
  return {
    kind,
    full(operation, subject = subjectOf(operation)) {
      const what = kind(operation.name)
      return subject === null ? what : t('item', { what, subject })
    },
  }
}
