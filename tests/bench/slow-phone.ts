import { setTimeout as sleep } from 'node:timers/promises'
import { type Chromium, launchChromium } from './chromium.ts'

/** A cheap phone on a slow line. Latency in ms per request, speeds in kbit/s. */
export const PHONE = {
  cpuTimesSlower: 4,
  rttMs: 150,
  downKbit: 1638.4,
  upKbit: 750,
  width: 360,
  height: 800,
  density: 2,
}
const USER_AGENT =
  'Mozilla/5.0 (Linux; Android 13; moto g power) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{} Mobile Safari/537.36'

export type Kind = 'js' | 'css' | 'html' | 'font' | 'other'

/** One request that went over the line, answered by the network. */
export interface Request {
  readonly by: 'page' | 'worker'
  readonly url: string
  readonly kind: Kind
  /** On the wire: compressed, headers included. */
  readonly bytes: number
}

export interface SlowPhone {
  readonly version: string
  open(url: string): Promise<void>
  evaluate<Value>(expression: string): Promise<Value>
  send(method: string, params?: object): Promise<unknown>
  /** Everything asked of the network since the last `forget`. */
  readonly requests: readonly Request[]
  /** Milliseconds since something was last asked or answered, and what is still unanswered. */
  network(): { readonly idleMs: number; readonly open: number }
  forget(): void
  setOffline(isOffline: boolean): Promise<void>
  close(): Promise<void>
}

interface PhoneOptions {
  /** Runs in each page before anything of ours. */
  readonly probe: () => void
  /** Without it, the line is as fast as the machine. */
  readonly slowLine: boolean
}

/** Opens a browser with an empty profile that pretends to be `PHONE`. The line is slow for the service worker as well. */
export async function openSlowPhone({ probe, slowLine }: PhoneOptions): Promise<SlowPhone> {
  const browser = await launchChromium()
  const lines = new Map<string, Request['by']>() // by session
  let offline = false
  const limitLine = (sessionId: string) =>
    browser
      .send('Network.emulateNetworkConditions', { offline, ...(slowLine ? SLOW : FAST) }, sessionId)
      .catch(() => undefined) // a worker that has just ended
  const log = logRequests(browser, lines)
  browser.onEvent((event) => {
    if (event.method !== 'Target.attachedToTarget') return
    const { sessionId, targetInfo } = event.params as { sessionId: string; targetInfo: { type: string } }
    void (async () => {
      if (targetInfo.type === 'service_worker') {
        lines.set(sessionId, 'worker')
        await browser.send('Network.enable', {}, sessionId).catch(() => undefined)
        await limitLine(sessionId)
      }
      await browser.send('Runtime.runIfWaitingForDebugger', {}, sessionId).catch(() => undefined)
    })()
  })
  const watchWorkers = {
    autoAttach: true,
    waitForDebuggerOnStart: true,
    flatten: true,
    filter: [{ type: 'service_worker' }],
  }
  await browser.send('Target.setAutoAttach', watchWorkers)
  const { targetId } = await browser.send<{ targetId: string }>('Target.createTarget', { url: 'about:blank' })
  const { sessionId: page } = await browser.send<{ sessionId: string }>('Target.attachToTarget', {
    targetId,
    flatten: true,
  })
  lines.set(page, 'page')
  const send = <Result>(method: string, params?: object) => browser.send<Result>(method, params, page)
  await emulate(browser.version, send, probe)
  await limitLine(page)
  return {
    ...log,
    send,
    version: browser.version,
    async open(url) {
      const { errorText } = await send<{ errorText?: string }>('Page.navigate', { url })
      if (errorText !== undefined) throw new Error(`${url}: ${errorText}`)
    },
    async evaluate<Value>(expression: string) {
      const { result } = await send<{ result: { value?: unknown } }>('Runtime.evaluate', {
        expression,
        returnByValue: true,
        awaitPromise: true,
      })
      return result.value as Value
    },
    async setOffline(isOffline) {
      offline = isOffline
      await Promise.all([...lines.keys()].map(limitLine))
    },
    close: browser.close,
  }
}

const bytesPerSecond = (kbit: number): number => (kbit * 1024) / 8
const SLOW = {
  latency: PHONE.rttMs,
  downloadThroughput: bytesPerSecond(PHONE.downKbit),
  uploadThroughput: bytesPerSecond(PHONE.upKbit),
}
const FAST = { latency: 0, downloadThroughput: -1, uploadThroughput: -1 }

async function emulate(
  version: string,
  send: (method: string, params?: object) => Promise<unknown>,
  probe: () => void,
): Promise<void> {
  const [, major = ''] = /\/(\d+)/.exec(version) ?? []
  for (const domain of ['Page', 'Runtime', 'Network']) await send(`${domain}.enable`)
  const { width, height, density: deviceScaleFactor } = PHONE
  await send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor, mobile: true })
  await send('Emulation.setTouchEmulationEnabled', { enabled: true })
  await send('Emulation.setUserAgentOverride', {
    userAgent: USER_AGENT.replace('{}', `${major}.0.0.0`),
    platform: 'Android',
    acceptLanguage: 'ja,en;q=0.5',
  })
  await send('Page.addScriptToEvaluateOnNewDocument', { source: `(${probe.toString()})()` })
  await send('Emulation.setCPUThrottlingRate', { rate: PHONE.cpuTimesSlower })
}

interface Seen {
  readonly by: Request['by']
  readonly url: string
  readonly type: string
  fromNetwork: boolean
}

function logRequests(
  browser: Chromium,
  lines: ReadonlyMap<string, Request['by']>,
): Pick<SlowPhone, 'requests' | 'network' | 'forget'> {
  const requests: Request[] = []
  const open = new Map<string, Seen>()
  let lastAt = Date.now()
  browser.onEvent(({ method, params, sessionId = '' }) => {
    const by = lines.get(sessionId)
    if (by === undefined || !isNetwork(method)) return
    const event = params as NetworkEvent
    hear[method](`${sessionId} ${event.requestId}`, event, by)
  })
  const hear = {
    'Network.requestWillBeSent': (key: string, event: NetworkEvent, by: Request['by']) => {
      if (!/^https?:/.test(event.request.url)) return
      settle(key, event.redirectResponse?.encodedDataLength) // a redirect goes on under the same name
      open.set(key, { by, url: event.request.url, type: event.type ?? '', fromNetwork: true })
      lastAt = Date.now()
    },
    'Network.responseReceived': (key: string, { response }: NetworkEvent) => {
      const seen = open.get(key)
      if (seen !== undefined) seen.fromNetwork = !response.fromServiceWorker && !response.fromDiskCache
    },
    'Network.loadingFinished': (key: string, event: NetworkEvent) => settle(key, event.encodedDataLength),
    'Network.loadingFailed': (key: string) => settle(key),
  }
  function isNetwork(method: string): method is keyof typeof hear {
    return method in hear
  }
  function settle(key: string, bytes = 0): void {
    const seen = open.get(key)
    if (seen === undefined) return
    open.delete(key)
    lastAt = Date.now()
    if (seen.fromNetwork) requests.push({ by: seen.by, url: seen.url, kind: kindOf(seen), bytes })
  }
  return {
    requests,
    // A stream of news stays open for as long as the page does.
    network: () => ({
      idleMs: Date.now() - lastAt,
      open: [...open.values()].filter(({ type }) => type !== 'EventSource').length,
    }),
    forget: () => void requests.splice(0),
  }
}

interface NetworkEvent {
  readonly requestId: string
  readonly type?: string
  readonly request: { readonly url: string }
  readonly response: { readonly fromServiceWorker?: boolean; readonly fromDiskCache?: boolean }
  readonly redirectResponse?: { readonly encodedDataLength: number }
  readonly encodedDataLength?: number
}

function kindOf({ type, url }: Seen): Kind {
  const [path = ''] = url.split('?')
  if (type === 'Document' || path.endsWith('/shell')) return 'html'
  if (path.endsWith('.js')) return 'js'
  if (path.endsWith('.css')) return 'css'
  return /\.(woff2?|ttf|otf)$/.test(path) ? 'font' : 'other'
}

/** Waits for what `isReached` says; throws with `what` when it does not come within `limitMs`. */
export async function until(what: string, isReached: () => Promise<boolean>, limitMs = 60_000): Promise<void> {
  for (const end = Date.now() + limitMs; Date.now() < end; await sleep(100)) if (await isReached()) return
  throw new Error(`Waited in vain: ${what}`)
}
