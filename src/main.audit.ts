import { checkReport } from '#audit/domain/check-report.ts'
import { checkAudit } from '#audit/server/verify-audit.ts'
import { readConfig } from '#server/config.ts'
import { openDatabase } from '#server/open-database.ts'
import { StartRefusal } from '#server/start-refusal.ts'

/** Checks the whole audit of the configured city, and ends with 1 when it is not whole. Changes nothing in it. */
async function verify(): Promise<readonly string[]> {
  // `--demo` asks for less: whether staff could sign in does not matter here.
  const config = readConfig(process.env, ['--demo'])
  if (!config.ok) throw new StartRefusal(config.error.join('\n'))
  const { database, stop } = await openDatabase(config.value)
  try {
    const check = await checkAudit(database, config.value.city.code)
    if (check.breakCount > 0) process.exitCode = 1
    return checkReport(check)
  } finally {
    await stop()
  }
}

try {
  process.stdout.write(`${(await verify()).join('\n')}\n`)
} catch (error) {
  if (!(error instanceof StartRefusal)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 2
}
