import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Engine, LISTEN } from './engine.ts'
import { findProgram, start } from './process.ts'

/** Nothing is fetched and nothing asked of the browser's maker during a test. */
const PREFS = {
  'app.update.disabledForTesting': true,
  'browser.shell.checkDefaultBrowser': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'extensions.getAddons.cache.enabled': false,
  'intl.accept_languages': 'ja',
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'services.settings.server': 'data:,#remote-settings-dummy/v1',
  'toolkit.telemetry.reportingpolicy.firstRun': false,
}

const findFirefox = (): string | null => findProgram('firefox-esr') ?? findProgram('firefox')

/** Firefox without a screen, by WebDriver BiDi (https://w3c.github.io/webdriver-bidi/) over its own socket. */
export async function startFirefox(): Promise<Engine> {
  const program = findFirefox()
  if (program === null) throw new Error('No Firefox found. Install firefox-esr.')
  const profile = await mkdtemp(join(tmpdir(), 'yorozu-firefox-'))
  const lines = Object.entries(PREFS).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`,
  )
  await writeFile(join(profile, 'user.js'), lines.join('\n'))
  const browser = start(program, ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port=0'])
  const address = await browser.said(/BiDi listening on (ws:\/\/\S+)/)
  const bidi = await connect(`${address}/session`)
  const { capabilities } = (await bidi.send('session.new', { capabilities: {} })) as {
    capabilities: { browserVersion: string }
  }
  await bidi.send('script.addPreloadScript', { functionDeclaration: `() => {${LISTEN}}` })
  return {
    version: `Firefox ${capabilities.browserVersion}`,
    async open() {
      const { userContext } = (await bidi.send('browser.createUserContext', {})) as { userContext: string }
      const { context } = (await bidi.send('browsingContext.create', { type: 'tab', userContext })) as {
        context: string
      }
      return {
        load: async (url) => void (await bidi.send('browsingContext.navigate', { context, url, wait: 'complete' })),
        evaluate: (expression) => evaluate(bidi, context, expression),
        close: async () => void (await bidi.send('browser.removeUserContext', { userContext })),
      }
    },
    async stop() {
      bidi.close()
      await browser.stop()
      await rm(profile, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

interface BiDi {
  send(method: string, params: object): Promise<unknown>
  close(): void
}

interface Answer {
  readonly id?: number
  readonly type: 'success' | 'error' | 'event'
  readonly result?: unknown
  readonly error?: string
  readonly message?: string
}

async function connect(address: string): Promise<BiDi> {
  const socket = new WebSocket(address)
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve(), { once: true })
    socket.addEventListener('error', () => reject(new Error('The browser refused the connection')), { once: true })
  })
  const waiting = new Map<number, (answer: Answer) => void>()
  socket.addEventListener('message', ({ data }) => {
    const answer = JSON.parse(String(data)) as Answer
    if (answer.id !== undefined) waiting.get(answer.id)?.(answer)
  })
  let last = 0
  return {
    close: () => socket.close(),
    async send(method, params) {
      const id = ++last
      const answer = await new Promise<Answer>((resolve) => {
        waiting.set(id, resolve)
        socket.send(JSON.stringify({ id, method, params }))
      })
      waiting.delete(id)
      if (answer.type === 'error') throw new Error(`${method}: ${answer.error}: ${answer.message}`)
      return answer.result
    },
  }
}

async function evaluate(bidi: BiDi, context: string, expression: string): Promise<unknown> {
  const answer = (await bidi.send('script.callFunction', {
    functionDeclaration: `async () => JSON.stringify((await (${expression})) ?? null)`,
    awaitPromise: true,
    target: { context },
  })) as { type: string; result?: { value: string }; exceptionDetails?: { text: string } }
  if (answer.type !== 'success') throw new Error(answer.exceptionDetails?.text ?? 'The page threw')
  return JSON.parse(answer.result?.value ?? 'null') as unknown
}
