import { ja as audit } from '#audit/client/messages.ja.ts'
import { ja as account } from '#login/client/account-messages.ja.ts'
import { ja as phones } from '#login/client/phones-messages.ja.ts'
import { ja as staff } from '#login/client/staff-messages.ja.ts'
import { ja as people } from '#people/client/messages.ja.ts'

/** Words of the pages below /admin. */
export const words = { account, audit, phones, people, staff }
