import { expect } from 'vitest'

/** What every answer carries, whatever it says: the policy of the page, no guessing of types, no framing, no cache by chance. */
export function expectGuarded(answer: Response, what = ''): void {
  const policy = answer.headers.get('content-security-policy') ?? ''
  for (const part of ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "form-action 'self'"]) {
    expect(policy, what).toContain(part)
  }
  expect(policy, what).not.toMatch(/unsafe|https?:|\*/)
  expect(answer.headers.get('x-content-type-options'), what).toBe('nosniff')
  expect(answer.headers.get('strict-transport-security'), what).toMatch(/^max-age=\d{8}/)
  expect(answer.headers.get('cross-origin-opener-policy'), what).toBe('same-origin')
  expect(answer.headers.get('cross-origin-resource-policy'), what).toBe('same-origin')
  expect(answer.headers.get('referrer-policy'), what).toMatch(/^(same-origin|no-referrer)$/)
  expect(answer.headers.get('permissions-policy'), what).toBe('camera=(self)')
  expect(answer.headers.get('cache-control'), what).toBeTruthy()
  expect(answer.headers.get('access-control-allow-origin'), what).toBeNull()
  expect(answer.headers.get('server') ?? answer.headers.get('x-powered-by'), what).toBeNull()
  const type = answer.headers.get('content-type')
  if (type !== null) expect(type, what).toMatch(/^(?:text\/|image\/|application\/)/)
}
