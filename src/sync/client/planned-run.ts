/** One run to come, at the earliest time anybody asked for. */
export interface PlannedRun {
  /** Runs at this time of `Date.now()`, or earlier if that was planned already. */
  atLatest(time: number): void
  clear(): void
}

export function planRuns(run: () => void): PlannedRun {
  let timer: ReturnType<typeof setTimeout> | undefined
  let plannedFor = Infinity
  function clear(): void {
    clearTimeout(timer)
    plannedFor = Infinity
  }
  return {
    clear,
    atLatest(time) {
      if (plannedFor <= time) return
      clear()
      plannedFor = time
      timer = setTimeout(
        () => {
          plannedFor = Infinity
          run()
        },
        Math.max(0, time - Date.now()),
      )
    },
  }
}
