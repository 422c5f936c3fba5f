import { setTimeout as sleep } from 'node:timers/promises'
import { ensureDevice } from '#sync/client/outbox.ts'
import { browserSurroundings } from '#sync/client/surroundings.ts'
import type { ChangedRecord, RecordBodies, RecordKind } from '#sync/domain/device-record.ts'
import type { OperationName, OperationOf, PayloadOf, SyncAnswer } from '#sync/domain/protocol.ts'
import type { Chance } from './chance.ts'
import type { DeviceState } from './history-check.ts'
import { makeWire, type WireOptions } from './load-wire.ts'
import type { DeviceProof } from './pairing.ts'
import { makePhone, readKept } from './phone.ts'

/** How long somebody waits in a load: less than on a real phone, so that a minute holds more tries. */
const PATIENCE_MS = 2500
const LAST_PATIENCE_MS = 30_000
const REST_MS = 100
const REST_MAX_MS = 800

/** One person's device as it is in the field: the real outbox and the real round trip, over HTTP. All it says and hears is in the history. */
export interface LoadClient {
  readonly name: string
  readonly device: DeviceProof
  say<Name extends OperationName>(name: Name, payload: PayloadOf<Name>): Promise<OperationOf<Name>>
  /** One round trip. Whether everything was sent and fetched. */
  sync(patienceMs?: number): Promise<boolean>
  /** Sends an earlier request once more, byte for byte, as a network or a frozen tab does. */
  repeat(chance: Chance): Promise<void>
  /** Asks until everything is sent and fetched. */
  finish(): Promise<void>
  /** What it has read of one kind, by id. */
  known<Kind extends RecordKind>(kind: Kind): readonly RecordBodies[Kind][]
  held(): Promise<DeviceState>
  close(): void
}

export async function makeLoadClient(options: WireOptions): Promise<LoadClient> {
  const { name, history } = options
  const page = makePhone().open()
  const device = await ensureDevice(page.db, browserSurroundings)
  const records = new Map<string, ChangedRecord>()
  const wire = makeWire(options)
  let restUntil = 0
  let failures = 0 // in a row
  let granted: readonly string[] = []

  function learn(answer: SyncAnswer): void {
    granted = Object.keys(answer.cursors)
    for (const change of answer.changes) records.set(`${change.kind} ${change.id}`, change)
  }

  async function sync(patienceMs = PATIENCE_MS): Promise<boolean> {
    await sleep(Math.max(0, restUntil - Date.now()))
    const before = history.events.length
    const result = await page.sync(wire.send, { answerLimitMs: patienceMs })
    if (result.kind === 'stopped') throw new Error(`${name} was sent away: ${result.reason}`)
    const heard = history.events
      .slice(before)
      .flatMap((event) => (event.kind === 'answered' && event.client === name ? [event.answer] : []))
    failures = result.kind === 'done' ? 0 : failures + 1
    if (result.kind === 'done') heard.forEach(learn)
    else restUntil = Date.now() + Math.max(result.restMs, Math.min(REST_MAX_MS, REST_MS * 2 ** (failures - 1)))
    return result.kind === 'done' && !result.more
  }

  return {
    name,
    device,
    sync,
    async say(operationName, payload) {
      const operation = await page.recorder.record(operationName, payload)
      history.add({ kind: 'said', client: name, operation })
      return operation
    },
    repeat: (chance) => wire.repeat(chance, AbortSignal.timeout(PATIENCE_MS)),
    async finish() {
      while (
        !(await sync(LAST_PATIENCE_MS)) ||
        (await readKept(page.db)).outbox.some(({ state }) => state === 'waiting')
      );
    },
    known: <Kind extends RecordKind>(kind: Kind) =>
      [...records.values()].flatMap((one) =>
        one.kind === kind && one.body !== null ? [one.body as RecordBodies[Kind]] : [],
      ),
    async held() {
      const { records: kept } = await readKept(page.db)
      return { client: name, buckets: granted, records: kept as unknown as readonly ChangedRecord[] }
    },
    close: () => page.db.close(),
  }
}
