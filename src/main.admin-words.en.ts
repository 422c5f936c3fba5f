/** Words of the pages below /admin. */
export const words = {}
