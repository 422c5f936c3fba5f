import { formatFiscalYear } from '#client/format-date.ts'
import { useLanguage, useTranslation } from '#client/i18n.ts'
import { useOnlyLooks } from '#client/only-looks.ts'
import type { FiscalYear } from '#kernel/fiscal-year.ts'
import type { KpiLine } from '#kpi/domain/kpi-page.ts'
import { finalTarget, percentOf } from '#kpi/domain/target.ts'
import { ButtonLink } from '#ui/button.tsx'
import { BigNumber, ProgressRatio } from '#ui/figures.tsx'
import { Section } from '#ui/heading.tsx'
import css from './kpi-line-section.module.css'
import { PaceWords } from './pace-words.tsx'
import { figure } from './figure.ts'

interface Props {
  readonly line: KpiLine
  readonly year: FiscalYear
}

/** One indicator of the plan: what was counted, what was promised, how it is getting on, and the way to the rows. */
export function KpiLineSection({ line, year }: Props) {
  const t = useTranslation('kpi')
  const onlyLooks = useOnlyLooks() // the rows carry names
  const { indicator } = line
  const { indicatorId, name } = indicator
  return (
    <Section id={`indicator-${indicatorId}`} heading={name}>
      <div class={css.line}>
        <Counted line={line} year={year} />
        <div class={css.words}>
          <TargetWords line={line} year={year} />
          <PaceWords line={line} />
        </div>
        <Promised line={line} year={year} />
        <Late line={line} year={year} />
        {!onlyLooks && (
          <div>
            <ButtonLink
              kind="outline"
              size="small"
              href={`/office/kpi/${year}/${indicatorId}`}
              label={t('rowsLinkLabel', { name })}
            >
              {t('rowsLink')}
            </ButtonLink>
          </div>
        )}
      </div>
    </Section>
  )
}

function Counted({ line: { indicator, actual, thisYearCount }, year }: Props) {
  const t = useTranslation('kpi')
  const yearWords = formatFiscalYear(year, useLanguage())
  const { kind, unit } = indicator
  return (
    <div class={css.figures}>
      <BigNumber
        label={t(`figure.${kind}`)}
        value={actual ? figure(actual.count) : t('figure.unknown')}
        unit={actual ? unit : ''}
        note={actual ? undefined : t('figure.unknownNote')}
      />
      {kind === 'flow' && actual !== null && actual.uniqueLearners !== null && (
        <BigNumber label={t('figure.unique')} value={figure(actual.uniqueLearners)} unit={unit} />
      )}
      {kind === 'stock' && actual && (
        <BigNumber label={t('figure.thisYear', { year: yearWords })} value={figure(thisYearCount)} unit={unit} />
      )}
    </div>
  )
}

function TargetWords({ line: { indicator, actual, target, ratio }, year }: Props) {
  const t = useTranslation('kpi')
  const yearWords = formatFiscalYear(year, useLanguage())
  if (target === null) return <p>{t('target.none', { year: yearWords })}</p>
  const values = { target: figure(target.value), count: figure(actual?.count ?? 0), unit: indicator.unit }
  const words =
    ratio === null ? t('target.wordsWithoutShare', values) : t('target.words', { ...values, percent: percentOf(ratio) })
  return (
    <>
      <ProgressRatio
        id={`progress-${indicator.indicatorId}`}
        label={t(`target.label.${target.basis}`, { year: yearWords })}
        value={actual?.count ?? 0}
        target={ratio === null ? 0 : target.value}
        words={words}
      />
      {target.basis === 'interim' && <p class={css.note}>{t('target.interimNote')}</p>}
      {target.basis === 'lastPlan' && <p class={css.note}>{t('target.lastPlanNote')}</p>}
    </>
  )
}

/** What the plan says, in one sentence; the final target only where it is not the one above already. */
function Promised({ line: { indicator }, year }: Props) {
  const t = useTranslation('kpi')
  const language = useLanguage()
  const { baseline, unit } = indicator
  const final = finalTarget(indicator)
  const words = (point: typeof baseline) => ({
    year: formatFiscalYear(point.year, language),
    value: figure(point.value),
    unit,
  })
  return (
    <p class={css.note}>
      {final.year !== year && `${t('target.final', words(final))} `}
      {t('target.baseline', words(baseline))}
    </p>
  )
}

/** 締後修正, where there is any. */
function Late({ line: { indicator, lateCorrection }, year }: Props) {
  const t = useTranslation('kpi')
  const onlyLooks = useOnlyLooks()
  if (lateCorrection === null || lateCorrection.addedCount + lateCorrection.goneCount === 0) return null
  const words = t('late.line', { added: figure(lateCorrection.addedCount), gone: figure(lateCorrection.goneCount) })
  return <p>{onlyLooks ? words : <a href={`/office/kpi/${year}/${indicator.indicatorId}#late`}>{words}</a>}</p>
}
