import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions } from 'playwright'

/** Names a Chromium goes by on PATH, and the places it is put where PATH does not reach. */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
]

/** Works as root and in a closed network; keeps the browser from calling home during a test. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
]

export const NO_BROWSER =
  'No Chromium found. Set CHROMIUM_PATH to one, install chromium or google-chrome, or run: npx playwright install --with-deps chromium'

/** The browser the tests will use: CHROMIUM_PATH, then one installed here, then Playwright's own; `null` when there is none.
 *  @throws when CHROMIUM_PATH names something that cannot be run: a wrong wish is not silently replaced. */
export function findBrowser(env: NodeJS.ProcessEnv = process.env): string | null {
  const wished = env['CHROMIUM_PATH']
  if (wished) {
    if (!canRun(wished)) throw new Error(`CHROMIUM_PATH is ${wished}, and no program is there.`)
    return wished
  }
  const onPath = (env['PATH'] ?? '').split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)))
  return [...onPath, ...PLACES, chromium.executablePath()].find(canRun) ?? null
}

/** A real browser. Whoever launches it closes it.
 *  @throws with what to do about it when there is no browser. */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch(program())
}

/** A real browser that keeps everything in `folder`, as one on a phone does: opened again, it finds what it had. */
export function launchProfile(folder: string, options: BrowserContextOptions = {}): Promise<BrowserContext> {
  return chromium.launchPersistentContext(folder, { ...program(), ...options })
}

function program(): { readonly executablePath: string; readonly args: string[] } {
  const executablePath = findBrowser()
  if (!executablePath) throw new Error(NO_BROWSER)
  return { executablePath, args: FLAGS }
}

function canRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return path !== ''
  } catch {
    return false
  }
}
