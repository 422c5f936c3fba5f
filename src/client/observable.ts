/** A value that can be looked at and listened to. */
export interface Observable<Value> {
  readonly current: Value
  /** Tells each new value from now on. Returns how to stop listening. */
  subscribe(listener: (value: Value) => void): () => void
}

export interface Settable<Value> extends Observable<Value> {
  set(value: Value): void
}

export function createObservable<Value>(first: Value): Settable<Value> {
  const listeners = new Set<(value: Value) => void>()
  let current = first
  return {
    get current() {
      return current
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    set(value) {
      current = value
      for (const listener of listeners) listener(value)
    },
  }
}
