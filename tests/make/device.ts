import { type Instant, instantOf } from '#kernel/time.ts'
import type { Uuid } from '#kernel/uuid.ts'
import { type Identity, NOBODY } from '#login/domain/identity.ts'
import type { Role } from '#login/domain/roles.ts'
import type { Actor } from '#server/apply.ts'
import type { OperationName, OperationOf, PayloadOf } from '#sync/domain/protocol.ts'
import { makeChance } from './chance.ts'

/** A device that numbers what it says, as a real one does. */
export interface Device {
  readonly actor: Actor
  /** The next operation, said at `at`; without it a second after the one before. */
  op<Name extends OperationName>(name: Name, payload: PayloadOf<Name>, at?: Instant): OperationOf<Name>
}

/** Somebody with this role and no name: as by a link of demo mode. */
export function makeIdentity(role: Role): Identity {
  return { ...NOBODY, role }
}

const FIRST_AT = '2026-05-12T04:00:00.000Z'
let devices = 0

/** A new device. The same `seed` gives the same device with the same ids. */
export function makeDevice({ role, seed = `device ${++devices}` }: { role: Role; seed?: string }): Device {
  const chance = makeChance(`${role} ${seed}`)
  const actor: Actor = { ...makeIdentity(role), deviceId: chance.newId<Uuid>(Date.parse(FIRST_AT)) }
  let seq = 0
  let clock = Date.parse(FIRST_AT)
  return {
    actor,
    op<Name extends OperationName>(name: Name, payload: PayloadOf<Name>, at?: Instant) {
      clock = at === undefined ? clock + 1000 : Date.parse(at)
      const said = { id: chance.newId(clock), seq: ++seq, at: instantOf(clock), name, payload }
      return said as unknown as OperationOf<Name> // name and payload belong together by their types
    },
  }
}
