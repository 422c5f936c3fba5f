/** What a decision answers: a value, or a refusal that a page can put into words. Faults are thrown, never returned. */
export type Result<Value, Refusal> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly error: Refusal }

export function ok<Value>(value: Value): Result<Value, never> {
  return { ok: true, value }
}

export function err<Refusal>(error: Refusal): Result<never, Refusal> {
  return { ok: false, error }
}
