import { launchBrowser } from '../make/browser.ts'
import { PHONE } from '../make/phone-browser.ts'
import { type Engine, LISTEN } from './engine.ts'

/** Chromium, by Playwright. */
export async function startChromium(): Promise<Engine> {
  const browser = await launchBrowser()
  return {
    version: `Chromium ${browser.version()}`,
    async open() {
      const context = await browser.newContext(PHONE)
      await context.addInitScript(LISTEN)
      const page = await context.newPage()
      return {
        load: async (url) => void (await page.goto(url)),
        evaluate: (expression) => page.evaluate(expression),
        close: () => context.close(),
      }
    },
    stop: () => browser.close(),
  }
}
