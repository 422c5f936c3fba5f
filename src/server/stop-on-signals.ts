const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Stops once, in order, on Ctrl+C, on `kill` and when the terminal closes, then ends the process. Repeats are ignored: npm passes
 *  on a Ctrl+C that the terminal has sent already. */
export function stopOnSignals(stop: () => Promise<void>): void {
  let stopping = false
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      if (stopping) return
      stopping = true
      stop().then(
        () => process.exit(0),
        (error: unknown) => {
          process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
          process.exit(1)
        },
      )
    })
  }
}
