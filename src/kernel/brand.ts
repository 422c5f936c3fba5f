/** A value that only its own maker can produce: `Brand<string, 'SessionId'>` is a string to the machine and a SessionId to the compiler. */
export type Brand<Base, Name extends string> = Base & { readonly __brand: Name }
