import { en as attendance } from '#attendance/client/messages.en.ts'
import { en as enrollmentOffice } from '#enrollment/client/office-messages.en.ts'
import { en as kpi } from '#kpi/client/messages.en.ts'
import { en as lock } from '#login/client/messages.en.ts'
import { en as secondWay } from '#login/client/second-way-messages.en.ts'
import { en as signIn } from '#login/client/sign-in-messages.en.ts'
import { en as office } from '#sessions/client/office-messages.en.ts'
import { en as devices } from '#sync/client/devices-messages.en.ts'
import { en as outboxFile } from '#sync/client/outbox-file-messages.en.ts'
import { en as sync } from '#sync/client/messages.en.ts'
import { en as training } from '#training/client/messages.en.ts'

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
