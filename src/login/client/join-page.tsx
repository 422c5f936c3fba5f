import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/browser'
import { useEffect, useState } from 'preact/hooks'
import { useTranslation } from '#client/i18n.ts'
import type { LocalDb } from '#client/local-db.ts'
import { postJson } from '#client/post-json.ts'
import { readWords } from '#client/read-words.ts'
import type { InvitationPurpose } from '#login/domain/login-limits.ts'
import { STAFF_NAME_MAX } from '#login/domain/staff.ts'
import { News } from '#ui/banner.tsx'
import { Button, ButtonRow } from '#ui/button.tsx'
import { TextField } from '#ui/field.tsx'
import { Form } from '#ui/form.tsx'
import { Heading } from '#ui/heading.tsx'
import { Stack } from '#ui/page.tsx'
import { enter } from './enter.ts'
import { EntryTroubleBanner } from './entry-trouble-banner.tsx'
import { type EntryTrouble, sendNewPasskey, troubleOf } from './passkeys.ts'

interface Props {
  readonly db: LocalDb
  readonly wake: () => void
}

interface Invited {
  readonly purpose: InvitationPurpose
  /** `null`: whoever comes writes it themselves. */
  readonly name: string | null
  readonly options: PublicKeyCredentialCreationOptionsJSON
}

const ask = (token: string) => postJson<Invited>('/api/join/options', { token })

/** /sign-in/join#token — whoever was invited makes this machine the one they come in by. */
export function JoinPage(props: Props) {
  const t = useTranslation('signIn')
  const token = useToken()
  const [invited, setInvited] = useState<Invited | null>(null)
  const [trouble, setTrouble] = useState<EntryTrouble | null>(null)

  useEffect(() => {
    setInvited(null)
    setTrouble(token === '' ? 'invitation_unknown' : null)
    if (token === '') return
    void ask(token).then((asked) => {
      if (asked.ok) setInvited(asked.answer)
      else setTrouble(asked.code === 'unreadable_request' ? 'invitation_unknown' : troubleOf(asked)) // cut off on its way
    })
  }, [token])

  return (
    <Stack>
      <Heading level={1} lead={invited ? t(`join.${invited.purpose}`) : undefined}>
        {t('join.title')}
      </Heading>
      <News>{trouble && <EntryTroubleBanner trouble={trouble} />}</News>
      {invited === null && trouble === null && <p role="status">{t('join.loading')}</p>}
      {invited && <JoinForm key={token} {...props} token={token} invited={invited} onTrouble={setTrouble} />}
    </Stack>
  )
}

interface FormProps extends Props {
  readonly token: string
  readonly invited: Invited
  readonly onTrouble: (trouble: EntryTrouble | null) => void
}

function JoinForm({ db, wake, token, invited, onTrouble }: FormProps) {
  const t = useTranslation('signIn')
  const [name, setName] = useState('')
  const [problem, setProblem] = useState<string | undefined>()
  const [isBusy, setBusy] = useState(false)

  async function send(): Promise<void> {
    const read = readWords(name, STAFF_NAME_MAX)
    const isNamed = invited.name !== null || read.ok
    setProblem(isNamed ? undefined : t('join.nameMissing', { maxLength: STAFF_NAME_MAX }))
    if (!isNamed) return document.getElementById('name')?.focus()
    setBusy(true)
    onTrouble(null)
    const ended = await join(token, invited.name === null && read.ok ? read.value : null)
    if (ended === null) return enter({ db, wake }, '/office')
    onTrouble(ended)
    setBusy(false)
  }

  return (
    <Form onSend={() => void send()}>
      {invited.name === null ? (
        <TextField
          name="name"
          label={t('join.name')}
          required
          requirement={t('join.required')}
          hint={t('join.nameHint')}
          width="medium"
          autoComplete="name"
          value={name}
          onInput={setName}
          error={problem}
        />
      ) : (
        <p>{t('join.for', { name: invited.name })}</p>
      )}
      <p>{t('join.how')}</p>
      <ButtonRow>
        <Button type="submit" wide busyWord={isBusy ? t('page.busy') : undefined}>
          {t('join.send')}
        </Button>
      </ButtonRow>
    </Form>
  )
}

/** A question is good for five minutes, so it is asked for anew when somebody is ready to answer. */
async function join(token: string, name: string | null): Promise<EntryTrouble | null> {
  const asked = await ask(token)
  if (!asked.ok) return troubleOf(asked)
  return sendNewPasskey({ options: asked.answer.options, sendTo: '/api/join', along: { token, name } })
}

/** The token of the link that was opened last: a second link in the same tab changes only what is behind the `#`. */
function useToken(): string {
  const [token, setToken] = useState(takeToken)
  useEffect(() => {
    const follow = (): void => setToken(takeToken())
    addEventListener('hashchange', follow)
    return () => removeEventListener('hashchange', follow)
  }, [])
  return token
}

/** Reads the token behind the `#`, and takes it out of the address: not in the history, and not on a screen that somebody photographs. */
function takeToken(): string {
  const token = location.hash.slice(1)
  history.replaceState(history.state, '', location.pathname)
  return token
}
