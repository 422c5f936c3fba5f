import type { ComponentType } from 'preact'
import type { Keyring } from '#client/keyring.ts'
import type { Device } from '#client/page-context.tsx'
import type { Observable } from '#client/observable.ts'
import type { PageRoute } from '#client/routes.ts'
import { PhoneOwnerName } from '#login/client/phone-owner-name.tsx'
import { SignInAgain } from '#login/client/sign-in-again.tsx'
import { StoppedBanner } from '#login/client/stopped-banner.tsx'
import { UnlessLocked } from '#login/client/unless-locked.tsx'
import { AnswersBanner } from '#sync/client/answers-banner.tsx'
import { DevicePage } from '#sync/client/device-page.tsx'
import { LateLine } from '#sync/client/late-unsent.tsx'
import { SyncStatusLine } from '#sync/client/sync-status-line.tsx'
import type { SyncStatus } from '#sync/client/sync-status.ts'
import { BehindLock, phoneOf } from './main.phone.tsx'

/** What the pages of an area are composed with. */
export interface AreaParts {
  readonly device: Device
  readonly status: Observable<SyncStatus>
  /** Syncs soon. */
  readonly wake: () => void
  readonly keyring: Keyring
}

/** What stands around each page once this device has something to say. */
export interface Sayings {
  readonly Status: ComponentType
  readonly Answers: ComponentType
  readonly SignInAgain: ComponentType
}

export function createSayings({ device, status, keyring }: AreaParts): Sayings {
  return {
    Status: () => (
      <>
        <PhoneOwnerName db={device.db} />
        <SyncStatusLine db={device.db} status={status} />
        <LateLine db={device.db} />
      </>
    ),
    Answers: () => (
      <>
        <StoppedBanner db={device.db} />
        <UnlessLocked keyring={keyring}>
          <AnswersBanner db={device.db} />
        </UnlessLocked>
      </>
    ),
    SignInAgain: () => <SignInAgain db={device.db} />,
  }
}

/** /device */
export function createRoutes(parts: AreaParts): readonly PageRoute[] {
  const { device, status } = parts
  const phone = phoneOf(parts)
  return [
    {
      path: '/device',
      component: () => (
        <BehindLock phone={phone} showsOwner>
          <DevicePage db={device.db} status={status} />
        </BehindLock>
      ),
      head: (i18n) => ({ title: i18n.of('sync')('device.title') }),
    },
  ]
}
