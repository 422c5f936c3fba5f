import { useTranslation } from '#client/i18n.ts'
import type { EnrollmentId } from '#enrollment/domain/enrollment.ts'
import { ButtonLink } from '#ui/button.tsx'

/** The way to the page of one's own booking. `enrollmentId`: of one that this device holds, which then stands there already; the
 *  address says nothing else of it, and what is behind `#` reaches no server. */
export function BookingLink({ enrollmentId }: { readonly enrollmentId?: EnrollmentId | undefined }) {
  const t = useTranslation('enrollment')
  return (
    <ButtonLink kind="text" size="small" href={enrollmentId === undefined ? '/booking' : `/booking#${enrollmentId}`}>
      {t(enrollmentId === undefined ? 'check' : 'show')}
    </ButtonLink>
  )
}
