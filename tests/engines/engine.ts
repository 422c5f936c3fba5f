import { setTimeout as sleep } from 'node:timers/promises'

/** A window of a browser with nothing in it, as its own protocol drives it. */
export interface Window {
  /** Loads an address anew, and waits for its load. */
  load(url: string): Promise<void>
  /** Runs an expression in the page, awaits it, and answers what JSON keeps of it. */
  evaluate(expression: string): Promise<unknown>
  close(): Promise<void>
}

/** One browser with its processes. Each window has cookies and stores of its own. */
export interface Engine {
  /** Its name and version, as it says itself. */
  readonly version: string
  open(): Promise<Window>
  /** Ends what was started here, and nothing else. */
  stop(): Promise<void>
}

/** A page as the journeys use it, the same in every engine. Taps and words are given by the page's own events. */
export interface Tab {
  /** How many addresses were loaded. */
  readonly loads: () => number
  goto(url: string): Promise<void>
  evaluate(expression: string): Promise<unknown>
  fill(selector: string, words: string): Promise<void>
  /** Taps what matches and, when words are given, what holds them; waits for it to be there and not disabled. */
  click(selector: string, words?: string): Promise<void>
  waitForText(words: string): Promise<void>
  waitFor(expression: string): Promise<void>
  /** What the content policy refused in this tab since the last question: directive and source. */
  readViolations(): Promise<readonly string[]>
  close(): Promise<void>
}

const PATIENCE_MS = 20_000
const POLL_MS = 50
const KEPT = 'policy-violations'

/** Put into every page, before its own programs where the engine lets us. What came earlier is handed in by the observer. */
export const LISTEN = `(() => {
  if (window.__listening) return
  window.__listening = true
  const keep = (line) => {
    const lines = JSON.parse(sessionStorage.getItem('${KEPT}') ?? '[]')
    if (!lines.includes(line)) sessionStorage.setItem('${KEPT}', JSON.stringify([...lines, line]))
  }
  const line = (one) => [one.effectiveDirective, one.blockedURI ?? one.blockedURL, one.sourceFile, one.lineNumber].join(' ')
  document.addEventListener('securitypolicyviolation', (one) => keep(line(one)))
  if ('ReportingObserver' in window)
    new ReportingObserver((all) => all.forEach((one) => keep(line(one.body))), { types: ['csp-violation'], buffered: true }).observe()
})()`

/** The same tab over any engine's window. */
export function makeTab(window: Window): Tab {
  let loads = 0
  const found: string[] = []
  async function gather(): Promise<void> {
    if (loads === 0) return
    const text = await window.evaluate(
      `(() => { const kept = sessionStorage.getItem('${KEPT}'); sessionStorage.removeItem('${KEPT}'); return kept })()`,
    )
    if (typeof text === 'string') found.push(...(JSON.parse(text) as string[]))
  }
  async function waitFor(expression: string): Promise<void> {
    const until = Date.now() + PATIENCE_MS
    while (Date.now() < until) {
      if ((await window.evaluate(expression).catch(() => false)) === true) return // a page that is just changing answers nothing
      await sleep(POLL_MS)
    }
    const shown = await window.evaluate('location.href + " " + document.body.innerText').catch(String)
    throw new Error(`Never came: ${expression}\nShown: ${String(shown).slice(0, 600)}`)
  }
  return {
    loads: () => loads,
    waitFor,
    evaluate: (expression) => window.evaluate(expression),
    async goto(url) {
      await gather()
      await window.load(url)
      loads++
      await window.evaluate(LISTEN)
    },
    fill: (selector, words) =>
      waitFor(`(() => {
        const field = document.querySelector(${JSON.stringify(selector)})
        if (!field) return false
        field.focus()
        Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(field, ${JSON.stringify(words)})
        field.dispatchEvent(new Event('input', { bubbles: true }))
        field.dispatchEvent(new Event('change', { bubbles: true }))
        return true
      })()`),
    click: (selector, words = '') =>
      waitFor(`(() => {
        const all = [...document.querySelectorAll(${JSON.stringify(selector)})]
        const one = all.find((each) => each.checkVisibility() && !each.disabled && each.textContent.includes(${JSON.stringify(words)}))
        one?.click()
        return one !== undefined
      })()`),
    waitForText: (words) => waitFor(`document.body.innerText.includes(${JSON.stringify(words)})`),
    async readViolations() {
      await gather()
      return found.splice(0)
    },
    close: () => window.close(),
  }
}
