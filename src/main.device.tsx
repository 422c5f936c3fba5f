import type { ComponentType } from 'preact'
import type { Device } from '#client/page-context.tsx'
import type { Observable } from '#client/observable.ts'
import type { PageRoute } from '#client/routes.ts'
import { AnswersBanner } from '#sync/client/answers-banner.tsx'
import { DevicePage } from '#sync/client/device-page.tsx'
import { SyncStatusLine } from '#sync/client/sync-status-line.tsx'
import type { SyncStatus } from '#sync/client/sync-status.ts'

/** What the pages of an area are composed with. */
export interface AreaParts {
  readonly device: Device
  readonly status: Observable<SyncStatus>
}

/** What stands around each page once this device has something to say. */
export interface Sayings {
  readonly Status: ComponentType
  readonly Answers: ComponentType
}

export function createSayings({ device, status }: AreaParts): Sayings {
  return { Status: () => <SyncStatusLine status={status} />, Answers: () => <AnswersBanner db={device.db} /> }
}

/** /device */
export function createRoutes({ device, status }: AreaParts): readonly PageRoute[] {
  return [
    {
      path: '/device',
      component: () => <DevicePage db={device.db} status={status} />,
      head: (i18n) => ({ title: i18n.of('sync')('device.title') }),
    },
  ]
}
