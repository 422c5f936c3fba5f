import { uuidv7 } from '#kernel/uuid.ts'
import { readConfig } from '#server/config.ts'
import { openDatabase } from '#server/open-database.ts'
import { StartRefusal } from '#server/start-refusal.ts'
import { stopOnSignals } from '#server/stop-on-signals.ts'

const newId = () => uuidv7(Date.now(), crypto.getRandomValues(new Uint8Array(10))) // sorts by time

/** The start and the end of the product and nothing between, as a process of its own: says `ready` and waits, or says why not. */
try {
  const config = readConfig(process.env, process.argv.slice(2))
  if (!config.ok) throw new StartRefusal(config.error.join('\n'))
  const { database, stop } = await openDatabase(config.value)
  stopOnSignals(stop)
  setInterval(() => undefined, 1000)
  process.stdin.on('data', (note: Buffer) => {
    database.sql`insert into cities (city, name, phone) values (${newId()}, ${note.toString().trim()}, '')`.then(
      () => process.stdout.write('kept\n'),
      () => process.stdout.write('failed\n'),
    )
  })
  const notes = await database.sql<{ note: string }>`select name as note from cities order by city`
  process.stdout.write(`ready ${notes.map(({ note }) => note).join(',')}\n`)
} catch (error) {
  if (!(error instanceof StartRefusal)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
}
