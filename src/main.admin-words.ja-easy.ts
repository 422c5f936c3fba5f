import { jaEasy as audit } from '#audit/client/messages.ja-easy.ts'
import { jaEasy as account } from '#login/client/account-messages.ja-easy.ts'
import { jaEasy as phones } from '#login/client/phones-messages.ja-easy.ts'
import { jaEasy as staff } from '#login/client/staff-messages.ja-easy.ts'
import { jaEasy as people } from '#people/client/messages.ja-easy.ts'

/** Words of the pages below /admin. */
export const words = { account, audit, phones, people, staff }
