import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Engine } from './engine.ts'
import { findByPattern, findProgram, start } from './process.ts'

/** The driver, the browser it drives, and a screen for it; `null` when one is missing. */
function findWebKit(): { readonly driver: string; readonly browser: string; readonly screen: string } | null {
  const driver = findProgram('WebKitWebDriver')
  const browser = findByPattern('/usr/lib/*/webkit2gtk-4.*/MiniBrowser')
  const screen = findProgram('Xvfb')
  return driver && browser && screen ? { driver, browser, screen } : null
}

/** WebKitGTK, of Safari's family, by plain WebDriver (https://www.w3.org/TR/webdriver2/) and on a screen that nobody sees.
 *  It has no way to run a program before the page's own: the listener comes right after the load. */
export async function startWebKit(): Promise<Engine> {
  const found = findWebKit()
  if (found === null) throw new Error('No WebKit found. Install webkit2gtk-driver and xvfb.')
  const screen = start(found.screen, ['-displayfd', '1', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'])
  const display = `:${await screen.said(/^(\d+)\n/)}`
  const port = await freePort()
  const driver = start(found.driver, ['--host=127.0.0.1', `--port=${port}`], { DISPLAY: display })
  const base = `http://127.0.0.1:${port}`
  await untilAnswers(base)
  let version = 'WebKitGTK'
  const options = { binary: found.browser, args: ['--automation'] }
  const capabilities = { alwaysMatch: { browserName: 'MiniBrowser', 'webkitgtk:browserOptions': options } }
  const open: Engine['open'] = async () => {
    const session = (await ask('POST', `${base}/session`, { capabilities })) as {
      sessionId: string
      capabilities: { browserVersion: string }
    }
    version = `WebKitGTK ${session.capabilities.browserVersion}`
    const here = `${base}/session/${session.sessionId}`
    await ask('POST', `${here}/timeouts`, { script: 30_000, pageLoad: 30_000 })
    return {
      load: async (url) => void (await ask('POST', `${here}/url`, { url })),
      evaluate: async (expression) => {
        const script = `const done = arguments[0]
          Promise.resolve().then(() => (${expression})).then(
            (value) => done(JSON.stringify({ value: value ?? null })), (error) => done(JSON.stringify({ error: String(error) })))`
        const text = (await ask('POST', `${here}/execute/async`, { script, args: [] })) as string
        const { value, error } = JSON.parse(text) as { value?: unknown; error?: string }
        if (error !== undefined) throw new Error(error)
        return value
      },
      close: async () => void (await ask('DELETE', here)),
    }
  }
  return {
    get version() {
      return version
    },
    open,
    async stop() {
      await driver.stop()
      await screen.stop()
    },
  }
}

async function ask(method: string, url: string, body?: object): Promise<unknown> {
  const response = await fetch(url, { method, ...(body && { body: JSON.stringify(body) }) })
  const { value } = (await response.json()) as { value: unknown }
  if (!response.ok) throw new Error(JSON.stringify(value))
  return value
}

async function untilAnswers(base: string): Promise<void> {
  const until = Date.now() + 20_000
  while (Date.now() < until) {
    if (
      await fetch(`${base}/status`).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return
    await sleep(100)
  }
  throw new Error('The driver of WebKit does not answer')
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}
