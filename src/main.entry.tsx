import { useLocation } from 'preact-iso/router'
import type { PageRoute } from '#client/routes.ts'
import { JoinPage } from '#login/client/join-page.tsx'
import { PairPage } from '#login/client/pair-page.tsx'
import { SignInPage } from '#login/client/sign-in-page.tsx'
import type { AreaParts } from './main.device.tsx'
import { phoneOf } from './main.phone.tsx'

/** /sign-in and /pair: how staff and volunteers come in. A new page is a line here. */
export function createRoutes(area: AreaParts): readonly PageRoute[] {
  const { device, wake } = area
  const parts = { db: device.db, wake }
  const phone = phoneOf(area)
  const signIn = (key: 'page.title' | 'join.title') => {
    const head: PageRoute['head'] = (i18n) => ({ title: i18n.of('signIn')(key) })
    return head
  }
  return [
    { path: '/sign-in', component: () => <SignInPage {...parts} />, head: signIn('page.title') },
    { path: '/sign-in/join', component: () => <JoinPage {...parts} />, head: signIn('join.title') },
    {
      path: '/pair',
      component: function Pair() {
        const { route } = useLocation()
        return <PairPage parts={phone} onDone={() => route('/hall')} />
      },
      head: (i18n) => ({ title: i18n.of('lock')('pair.title') }),
    },
  ]
}
