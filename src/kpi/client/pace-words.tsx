import { type Translate, useTranslation } from '#client/i18n.ts'
import type { KpiLine } from '#kpi/domain/kpi-page.ts'
import { Chip } from '#ui/chip.tsx'
import { figure } from './figure.ts'

const TONES = { reached: 'good', onTrack: 'good', behind: 'care', short: 'bad' } as const

/** How the count is getting on, in words: where it stands, what is missing, and where it will end if it goes on like this. */
export function PaceWords({ line }: { readonly line: KpiLine }) {
  const t = useTranslation('kpi')
  const { indicator, actual, pace } = line
  if (actual === null) return null
  if (indicator.kind === 'flow' && pace === null) return <p>{t('pace.notBegun')}</p>
  const standing = pace === null ? standingOfTotal(line) : pace.standing
  const sentences = [missingWords(line, t), ...(pace?.state === 'underway' ? runningWords(line, t) : [])]
  return (
    <>
      {standing && (
        <p>
          <Chip tone={TONES[standing]}>{t(`pace.${standing}`)}</Chip>
        </p>
      )}
      {sentences
        .filter((sentence) => sentence !== null)
        .map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
    </>
  )
}

type T = Translate<'kpi'>

/** A running total has no pace; it has either arrived or not. */
function standingOfTotal({ actual, target }: KpiLine): 'reached' | null {
  return actual !== null && target !== null && actual.count >= target.value ? 'reached' : null
}

function missingWords({ indicator, actual, target }: KpiLine, t: T): string | null {
  const missing = target === null || actual === null ? 0 : target.value - actual.count
  return missing > 0 ? t('pace.missing', { missing: figure(missing), unit: indicator.unit }) : null
}

function runningWords({ indicator: { unit }, pace }: KpiLine, t: T): readonly (string | null)[] {
  if (pace?.state !== 'underway') return []
  const { expectedByNow, forecast, standing } = pace
  return [
    expectedByNow === null || standing === 'reached'
      ? null
      : t('pace.expected', { expected: figure(expectedByNow), unit }),
    forecast === null ? t('pace.noForecast') : t('pace.forecast', { forecast: figure(forecast), unit }),
  ]
}
