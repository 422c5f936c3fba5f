import { dismissAnswer, markSeen } from '#client/answers.ts'
import { forgetForm, keepForm, readForm } from '#client/forms.ts'
import type { AnswerEntry, OutboxEntry } from '#client/local-schema.ts'
import { forgetPastDigits } from '#enrollment/client/own-booking-key.ts'
import { ensureDevice } from '#sync/client/outbox.ts'
import { browserSurroundings } from '#sync/client/surroundings.ts'
import { tidyUp } from '#sync/client/tidy-up.ts'
import { grantList, NAME, readNames } from './list-on-phone.ts'
import { KEY_PATHS } from './key-write-paths.ts'
import { makeMemoryServer } from './memory-server.ts'
import { makeTap, type Page, readKept } from './phone.ts'
import { NOON, readForms, readMeta, type WritePath } from './write-path.ts'

const TAP = makeTap()
const FORM = 'sign-up'

const surroundings = { ...browserSurroundings, now: () => NOON }

async function readOutbox(page: Page): Promise<readonly OutboxEntry[]> {
  const { outbox } = await readKept(page.db)
  return outbox.filter(({ operation }) => Reflect.get(operation.payload, 'markId') === TAP.markId)
}

async function readAnswer(page: Page): Promise<AnswerEntry | undefined> {
  return ((await readKept(page.db)).answers as AnswerEntry[]).find(({ operation }) => operation.seq === 1)
}

/** A tap that the server has refused. */
async function refused(page: Page): Promise<string> {
  const server = makeMemoryServer()
  const { id } = await page.recorder.record('attendance.mark', TAP)
  server.answerWith(id, { status: 'refused', refusal: { code: 'not_permitted' } } as never)
  await page.sync(server.send)
  return id
}

const SAID: readonly WritePath[] = [
  {
    file: 'src/sync/client/outbox.ts',
    what: 'a tap at the desk',
    isNew: true,
    async prepare(page) {
      await page.keyring.deviceKey()
      return (on) => on.recorder.record('attendance.mark', TAP)
    },
    isDone: async (page) => (await readOutbox(page)).length === 1,
  },
  {
    file: 'src/sync/client/outbox.ts',
    what: 'who this phone is',
    isNew: true,
    prepare: async () => (on) => ensureDevice(on.db, surroundings),
    isDone: async (page) => (await readMeta(page, 'device')) !== undefined,
  },
  {
    file: 'src/client/forms.ts',
    what: 'words that are being typed',
    isNew: true,
    async prepare(page) {
      await keepForm(page.db, FORM, { name: '佐' })
      return (on) => keepForm(on.db, FORM, { name: NAME })
    },
    isDone: async (page) => (await readForm(page.db, FORM))?.['name'] === NAME,
  },
  {
    file: 'src/client/forms.ts',
    what: 'words that were sent and may go',
    isNew: false,
    async prepare(page) {
      await keepForm(page.db, FORM, { name: NAME })
      return (on) => forgetForm(on.db, FORM)
    },
    isDone: async (page) => (await readForm(page.db, FORM)) === null,
  },
  {
    file: 'src/enrollment/client/own-booking-key.ts',
    what: 'digits whose class is over',
    isNew: false,
    async prepare(page) {
      await keepForm(page.db, `own-booking 018f 2026-05-01T00:00:00.000Z`, { phoneLast4: '1234' })
      return (on) => forgetPastDigits(on.db, NOON)
    },
    isDone: async (page) => (await readForms(page)).every(({ form }) => !String(form).startsWith('own-booking')),
  },
]

const HEARD: readonly WritePath[] = [
  {
    file: 'src/sync/client/apply-answer.ts',
    what: 'an answer to a tap',
    isNew: false,
    async prepare(page) {
      const server = makeMemoryServer()
      await ensureDevice(page.db, surroundings)
      await page.recorder.record('attendance.mark', TAP)
      return (on) => on.sync(server.send)
    },
    isDone: async (page) => {
      const { records } = await readKept(page.db)
      return (await readOutbox(page)).length === 0 && records.some(({ id }) => id === TAP.markId)
    },
  },
  {
    file: 'src/sync/client/apply-answer.ts',
    what: 'a list that has come',
    isNew: true,
    async prepare(page) {
      const server = makeMemoryServer()
      grantList(server, 2)
      await ensureDevice(page.db, surroundings)
      await page.keyring.deviceKey()
      return (on) => on.sync(server.send)
    },
    isDone: async (page) => (await readNames(page.db)).length === 2,
  },
  {
    file: 'src/client/answers.ts',
    what: 'an answer that a page has shown',
    isNew: false,
    async prepare(page) {
      const id = await refused(page)
      return (on) => markSeen(on.db, id)
    },
    isDone: async (page) => (await readAnswer(page))?.seen === true,
  },
  {
    file: 'src/client/answers.ts',
    what: 'an answer that a person puts aside',
    isNew: false,
    async prepare(page) {
      const id = await refused(page)
      return (on) => dismissAnswer(on.db, id)
    },
    isDone: async (page) => (await readAnswer(page)) === undefined,
  },
  {
    file: 'src/sync/client/tidy-up.ts',
    what: 'what the server held back gets another chance',
    isNew: false,
    async prepare(page) {
      const server = makeMemoryServer()
      const { id } = await page.recorder.record('attendance.mark', TAP)
      server.answerWith(id, { status: 'held', reason: 'fault' } as never)
      await page.sync(server.send)
      return (on) => tidyUp(on.db, NOON)
    },
    isDone: async (page) => (await readOutbox(page)).every(({ state }) => state === 'waiting'),
  },
]

/** Every place where the phone writes. */
export const WRITE_PATHS: readonly WritePath[] = [...SAID, ...HEARD, ...KEY_PATHS]

/** Where a write of somebody else is only handed on. */
export const HANDED_ON = ['src/client/sealed-db.ts']
