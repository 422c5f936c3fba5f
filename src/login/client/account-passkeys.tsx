import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/browser'
import { useState } from 'preact/hooks'
import { formatInstant } from '#client/format-date.ts'
import { useLanguage, useTranslation } from '#client/i18n.ts'
import { postJson } from '#client/post-json.ts'
import type { AccountPasskey } from '#login/domain/account.ts'
import { Button, ButtonRow } from '#ui/button.tsx'
import { ConfirmDialog } from '#ui/dialog.tsx'
import { Section } from '#ui/heading.tsx'
import { type Row, Table } from '#ui/table.tsx'
import type { Act } from './account-page.tsx'
import { sendNewPasskey } from './passkeys.ts'

interface Props {
  readonly passkeys: readonly AccountPasskey[]
  readonly act: Act
  readonly onTrouble: (code: string | null) => void
  readonly onAdded: () => void
}

/** The machines one can come in with: one more, or one less. */
export function AccountPasskeys({ passkeys, act, onTrouble, onAdded }: Props) {
  const t = useTranslation('account')
  const language = useLanguage()
  const [isBusy, setBusy] = useState(false)
  const [leaving, setLeaving] = useState<AccountPasskey | null>(null)
  const nameOf = ({ label }: AccountPasskey): string => (label === '' ? t('passkeys.unnamed') : label)

  async function add(): Promise<void> {
    setBusy(true)
    const trouble = await addPasskey()
    onTrouble(trouble)
    if (trouble === null) onAdded()
    setBusy(false)
  }

  const rowOf = (passkey: AccountPasskey): Row => ({
    key: passkey.credentialId,
    cells: [
      nameOf(passkey),
      formatInstant(passkey.createdAt, language),
      passkey.lastUsedAt === null ? t('passkeys.never') : formatInstant(passkey.lastUsedAt, language),
      <Button
        key="remove"
        kind="outline"
        size="small"
        label={t('passkeys.removeLabel', { name: nameOf(passkey) })}
        onClick={() => setLeaving(passkey)}
      >
        {t('passkeys.remove')}
      </Button>,
    ],
  })

  return (
    <Section id="passkeys" heading={t('passkeys.heading')}>
      <p>{t('passkeys.text')}</p>
      <Table
        caption={t('passkeys.caption', { count: passkeys.length })}
        columns={[
          { head: t('passkeys.column.name') },
          { head: t('passkeys.column.made') },
          { head: t('passkeys.column.used') },
          { head: t('passkeys.column.change') },
        ]}
        rows={passkeys.map(rowOf)}
      />
      <ButtonRow>
        <Button kind="outline" busyWord={isBusy ? t('busy') : undefined} onClick={() => void add()}>
          {t('passkeys.add')}
        </Button>
      </ButtonRow>
      <ConfirmDialog
        id="remove-passkey"
        open={leaving !== null}
        heading={t('passkeys.ask', { name: leaving ? nameOf(leaving) : '' })}
        confirmWord={t('passkeys.confirm')}
        cancelWord={t('passkeys.cancel')}
        onCancel={() => setLeaving(null)}
        onConfirm={() => {
          if (leaving) void act('/api/account/passkeys/remove', { credentialId: leaving.credentialId })
          setLeaving(null)
        }}
      >
        <p>{t('passkeys.what')}</p>
      </ConfirmDialog>
    </Section>
  )
}

async function addPasskey(): Promise<string | null> {
  const asked = await postJson<{ options: PublicKeyCredentialCreationOptionsJSON }>('/api/account/passkeys/options', {})
  if (!asked.ok) return asked.code
  return sendNewPasskey({ options: asked.answer.options, sendTo: '/api/account/passkeys', along: {} })
}
