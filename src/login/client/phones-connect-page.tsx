import { useEffect, useRef, useState } from 'preact/hooks'
import { useTranslation } from '#client/i18n.ts'
import { useOnline } from '#client/use-online.ts'
import type { PhonesAnswer } from '#login/domain/pairing-list.ts'
import type { InstructorId } from '#people/domain/instructor.ts'
import { Banner, News } from '#ui/banner.tsx'
import { Button, ButtonLink, ButtonRow } from '#ui/button.tsx'
import { Heading } from '#ui/heading.tsx'
import { Stack } from '#ui/page.tsx'
import { PhonesCode } from './phones-code.tsx'
import { PhonesProblem } from './phones-problem.tsx'
import { usePhonesCode } from './use-phones-code.ts'

/** /admin/phones/connect/:instructorId — a number and a square for one phone of this person, on the screen or on paper. */
export function PhonesConnectPage({ instructorId }: { readonly instructorId: InstructorId }) {
  const t = useTranslation('phones')
  const { data, state, reload } = useOnline<PhonesAnswer>('/api/admin/phones')
  const person = data?.people.find((one) => one.instructorId === instructorId)
  const isConnected = useIsConnected(person?.phones.map((phone) => phone.pairingId))
  const name = person?.name ?? ''
  return (
    <Stack>
      <Heading level={1}>{person ? t('code.title', { name }) : t('code.titleNoName')}</Heading>
      <News>
        {isConnected && <Banner kind="success" kindWord={t('kind.done')} heading={t('code.connected', { name })} />}
      </News>
      {!isConnected && <Connecting instructorId={instructorId} isReady={state === 'ready'} onLook={reload} />}
      <ButtonRow>
        <ButtonLink kind="text" href="/admin/phones">
          {t('back')}
        </ButtonLink>
      </ButtonRow>
    </Stack>
  )
}

interface ConnectingProps {
  readonly instructorId: InstructorId
  /** The server has answered who is connected. */
  readonly isReady: boolean
  readonly onLook: () => void
}

/** The code, until a phone has come; and a new one when it is too old. */
function Connecting({ instructorId, isReady, onLook }: ConnectingProps) {
  const t = useTranslation('phones')
  const { made, making, problem, make } = usePhonesCode(instructorId)
  return (
    <>
      <News>
        {problem !== null && <PhonesProblem code={problem} />}
        {made === 'over' && <Banner kind="warning" kindWord={t('kind.check')} heading={t('code.over')} />}
      </News>
      {making === 'screen' && <p role="status">{t('code.making')}</p>}
      {making === null && (made === null || made === 'over') && (
        <ButtonRow>
          <Button onClick={() => make('screen')}>{t('code.again')}</Button>
        </ButtonRow>
      )}
      {made !== null && made !== 'over' && (
        <>
          <PhonesCode made={made} />
          <Look isReady={isReady} onLook={onLook} />
          <Print use={made.use} isBusy={making === 'printed'} onPrint={() => make('printed')} />
        </>
      )}
    </>
  )
}

/** Asks the server whether a phone has come. */
function Look({ isReady, onLook }: Pick<ConnectingProps, 'isReady' | 'onLook'>) {
  const t = useTranslation('phones')
  const [isAsked, setAsked] = useState(false)
  return (
    <>
      <News>
        {isAsked && isReady && (
          <Banner kind="info" kindWord={t('kind.notice')} heading={t('code.notYet')} announce={false}>
            <p>{t('code.notYetText')}</p>
          </Banner>
        )}
      </News>
      <ButtonRow>
        <Button
          onClick={() => {
            setAsked(true)
            onLook()
          }}
        >
          {t('code.look')}
        </Button>
      </ButtonRow>
    </>
  )
}

interface PrintProps {
  readonly use: 'screen' | 'printed'
  readonly isBusy: boolean
  readonly onPrint: () => void
}

/** Paper needs more time than a screen, and so a code of its own. */
function Print({ use, isBusy, onPrint }: PrintProps) {
  const t = useTranslation('phones')
  const isOnPaper = use === 'printed'
  return (
    <>
      {!isOnPaper && <p id="print-note">{t('code.printNote')}</p>}
      <ButtonRow>
        <Button
          kind="outline"
          describedBy={isOnPaper ? undefined : 'print-note'}
          busyWord={isBusy ? t('code.printing') : undefined}
          onClick={isOnPaper ? () => print() : onPrint}
        >
          {t('code.print')}
        </Button>
      </ButtonRow>
    </>
  )
}

/** Whether there is a phone that was not there when this page was opened. */
function useIsConnected(pairingIds: readonly string[] | undefined): boolean {
  const first = useRef<readonly string[] | undefined>(undefined)
  const [isConnected, setConnected] = useState(false)
  const ids = pairingIds?.join(' ')
  useEffect(() => {
    if (pairingIds === undefined) return
    first.current ??= pairingIds
    const known = first.current
    if (pairingIds.some((id) => !known.includes(id))) setConnected(true)
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the same ids in a new list are no news
  }, [ids])
  return isConnected
}
