import { en as audit } from '#audit/client/messages.en.ts'
import { en as account } from '#login/client/account-messages.en.ts'
import { en as phones } from '#login/client/phones-messages.en.ts'
import { en as staff } from '#login/client/staff-messages.en.ts'
import { en as people } from '#people/client/messages.en.ts'

/** Words of the pages below /admin. */
export const words = { account, audit, phones, people, staff }
