import { expect, test } from 'vitest'
import type {} from '#main.words.ts'
import { createI18n } from '#client/i18n.ts'
import { matchRoute, type PageRoute } from '#client/routes.ts'
import { roleOnDevice } from '#client/role-on-device.ts'

const route = (path: string): PageRoute => ({ path, component: () => null, head: () => ({ title: path }) })
const routes = [route('/'), route('/sessions/:id'), route('/office/kpi'), route('/office/kpi/:year')]

test('an address finds its page and hands over its parts', () => {
  expect(matchRoute(routes, '/')?.route.path).toBe('/')
  expect(matchRoute(routes, '/sessions/42')).toMatchObject({ route: { path: '/sessions/:id' }, params: { id: '42' } })
  expect(matchRoute(routes, '/office/kpi/2026/')?.params).toEqual({ year: '2026' })
})

test('an address that nobody can read is a page that does not exist, not an error', () => {
  expect(matchRoute(routes, '/sessions/%E3%81')).toBeNull()
  expect(matchRoute(routes, '/sessions')).toBeNull()
  expect(matchRoute(routes, '/sessions/1/2')).toBeNull()
})

test('a device knows its menu from what the server said of its holder, and before that is a resident’s', () => {
  expect(roleOnDevice(null)).toBe('resident')
  expect(roleOnDevice({ role: 'volunteer', name: '東 花子', paired: true })).toBe('volunteer')
})

test('words come in their language with their values, and are not escaped twice', () => {
  const i18n = createI18n('ja-easy', { shell: { title: '{{page}}｜よろず' } })
  expect(i18n.of('shell')('title', { page: '<髙橋 & $t(title)>' })).toBe('<髙橋 & $t(title)>｜よろず')
})

test('words can be added later, as a part of the program arrives', () => {
  const i18n = createI18n('en', {})
  expect(i18n.has('shell')).toBe(false)
  i18n.add({ shell: { loading: 'Loading.' } })
  expect(i18n.of('shell')('loading')).toBe('Loading.')
})
