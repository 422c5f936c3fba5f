import { en as attendance } from '#attendance/client/messages.en.ts'
import { en as kpi } from '#kpi/client/messages.en.ts'
import { en as sync } from '#sync/client/messages.en.ts'
import { en as training } from '#training/client/messages.en.ts'

/** Words of the pages for staff, and of what a device says about itself. */
export const words = { attendance, kpi, sync, training }
