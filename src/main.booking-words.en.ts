import { en as booking } from '#enrollment/client/booking-messages.en.ts'

/** Words of the page of one's own booking. Apart, so that no other page carries them. */
export const words = { booking }
