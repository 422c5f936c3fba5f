import { spawnSync } from 'node:child_process'
import { findBrowser, NO_BROWSER } from './make/browser.ts'

/** Makes sure that the browser tests have a browser: takes one that is here, else fetches one. Says what it did in one line. */
const STEP_LIMIT_MS = 8 * 60_000 // a download that hangs must not hold a test run for ever
const CONNECT_LIMIT_MS = '15000'

if (findBrowser() === null) {
  say('No Chromium here: fetching the one Playwright offers.')
  runStep('playwright', ['install', '--with-deps', 'chromium'])
}
if (findBrowser() === null) {
  say('That did not work: installing the one the system offers.')
  runAsRoot(['apt-get', 'update'])
  runAsRoot(['apt-get', 'install', '-y', '--no-install-recommends', 'chromium', 'fonts-noto-cjk'])
}
if (findBrowser() === null) {
  say(NO_BROWSER)
  process.exitCode = 1
}

function runAsRoot([program = '', ...args]: readonly string[]): void {
  const isRoot = process.getuid?.() === 0
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  if (isRoot) runStep(program, args, env)
  else runStep('sudo', ['-n', 'env', 'DEBIAN_FRONTEND=noninteractive', program, ...args], env)
}

function runStep(program: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): void {
  const done = spawnSync(program, [...args], {
    encoding: 'utf8',
    timeout: STEP_LIMIT_MS,
    maxBuffer: 256 * 1024 * 1024,
    env: { ...env, PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: CONNECT_LIMIT_MS },
  })
  if (done.status === 0) return
  const words = (done.error?.message ?? `${done.stdout}${done.stderr}`).trim().split('\n').slice(-5).join('\n')
  say(`${program} ${args.join(' ')}: ended with ${done.status ?? 'no answer'}\n${withoutAddresses(words)}`)
}

/** Where a machine gets its packages is its owner's business, and a log is read by many. */
function withoutAddresses(text: string): string {
  return text.replace(/\b[a-z]+:\/\/\S+/gi, '(address)').replace(/\b(?:\d{1,3}\.){3}\d{1,3}\b(?::\d+)?/g, '(address)')
}

function say(sentence: string): void {
  process.stdout.write(`${sentence}\n`)
}
