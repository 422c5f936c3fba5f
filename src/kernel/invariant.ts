/** Stops a program whose own code is wrong. For what people or networks do wrong, return a `Result`. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`Invariant broken: ${message}`)
}
