/** The same for one that was used, one that is too old, one that was taken back and one that never was. */
export type InvitationRefusal = { readonly code: 'invitation_unknown' }
