/** Why the product does not start, in sentences for the people who run it. Not a fault of ours, so no stack is shown. */
export class StartRefusal extends Error {
  override readonly name = 'StartRefusal'
}
