import { ja as attendance } from '#attendance/client/messages.ja.ts'
import { ja as enrollmentOffice } from '#enrollment/client/office-messages.ja.ts'
import { ja as kpi } from '#kpi/client/messages.ja.ts'
import { ja as office } from '#sessions/client/office-messages.ja.ts'
import { ja as sync } from '#sync/client/messages.ja.ts'
import { ja as training } from '#training/client/messages.ja.ts'

/** Words of the pages for staff, and of what a device says about itself. */
export const words = { attendance, enrollmentOffice, kpi, office, sync, training }
