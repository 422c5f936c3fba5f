import { jaEasy as attendance } from '#attendance/client/messages.ja-easy.ts'
import { jaEasy as enrollmentOffice } from '#enrollment/client/office-messages.ja-easy.ts'
import { jaEasy as kpi } from '#kpi/client/messages.ja-easy.ts'
import { jaEasy as lock } from '#login/client/messages.ja-easy.ts'
import { jaEasy as secondWay } from '#login/client/second-way-messages.ja-easy.ts'
import { jaEasy as signIn } from '#login/client/sign-in-messages.ja-easy.ts'
import { jaEasy as office } from '#sessions/client/office-messages.ja-easy.ts'
import { jaEasy as devices } from '#sync/client/devices-messages.ja-easy.ts'
import { jaEasy as outboxFile } from '#sync/client/outbox-file-messages.ja-easy.ts'
import { jaEasy as sync } from '#sync/client/messages.ja-easy.ts'
import { jaEasy as training } from '#training/client/messages.ja-easy.ts'

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
