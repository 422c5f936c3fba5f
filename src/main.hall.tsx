import { useLocation } from 'preact-iso/router'
import type { PageRoute } from '#client/routes.ts'
import { CheckInPage } from '#attendance/client/check-in-page.tsx'
import { HallPage } from '#attendance/client/hall-page.tsx'
import { WalkInPage } from '#attendance/client/walk-in-page.tsx'
import type { SessionId } from '#sessions/domain/session.ts'
import type { AreaParts } from './main.device.tsx'
import { BehindLock, phoneOf } from './main.phone.tsx'

interface At {
  readonly id: SessionId
}

/** /hall and below: the helper's pages on the day. A new one is a line here. */
export function createRoutes(parts: AreaParts): readonly PageRoute[] {
  const { device } = parts
  const phone = phoneOf(parts)
  const head: PageRoute['head'] = (i18n) => ({ title: i18n.of('attendance')('hall.title') })
  const walkInHead: PageRoute['head'] = (i18n) => ({ title: i18n.of('attendance')('walkIn.title') })
  return [
    {
      path: '/hall',
      component: () => (
        <BehindLock phone={phone} showsOwner>
          <HallPage db={device.db} />
        </BehindLock>
      ),
      head,
    },
    {
      path: '/hall/:id',
      component: ({ id }: At) => (
        <BehindLock phone={phone}>
          <CheckInPage {...device} sessionId={id} />
        </BehindLock>
      ),
      head,
    },
    {
      path: '/hall/:id/walk-in',
      component: function WalkIn({ id }: At) {
        const { route } = useLocation()
        return (
          <BehindLock phone={phone}>
            <WalkInPage {...device} sessionId={id} onDone={() => route(`/hall/${id}`)} />
          </BehindLock>
        )
      },
      head: walkInHead,
    },
  ]
}
