import { ja as attendance } from '#attendance/client/messages.ja.ts'
import { ja as enrollmentOffice } from '#enrollment/client/office-messages.ja.ts'
import { ja as kpi } from '#kpi/client/messages.ja.ts'
import { ja as lock } from '#login/client/messages.ja.ts'
import { ja as secondWay } from '#login/client/second-way-messages.ja.ts'
import { ja as signIn } from '#login/client/sign-in-messages.ja.ts'
import { ja as office } from '#sessions/client/office-messages.ja.ts'
import { ja as devices } from '#sync/client/devices-messages.ja.ts'
import { ja as outboxFile } from '#sync/client/outbox-file-messages.ja.ts'
import { ja as sync } from '#sync/client/messages.ja.ts'
import { ja as training } from '#training/client/messages.ja.ts'

/** Words of the pages for staff, and of what a device says about itself. */
export const words = {
  attendance,
  devices,
  enrollmentOffice,
  kpi,
  lock,
  office,
  outboxFile,
  secondWay,
  signIn,
  sync,
  training,
}
