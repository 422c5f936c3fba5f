/** Something that is waited for. */
interface Waiting<Item, Value> {
  readonly item: Item
  readonly resolve: (value: Value) => void
  readonly reject: (error: unknown) => void
}

/** Lets work run one group after another. Whatever arrives while a group is at work forms the next one, so that a hall full of
 *  phones coming back at once costs a few transactions and not one each; whoever comes alone does not wait.
 *  A group that fails is tried again one by one, so that only the guilty one fails. */
export function inTurn<Item, Value>(
  work: (group: readonly Item[]) => Promise<Value>,
  groupMax: number,
): (item: Item) => Promise<Value> {
  const waiting: Waiting<Item, Value>[] = []
  let isRunning = false

  async function runAll(): Promise<void> {
    isRunning = true
    while (waiting.length > 0) await runGroup(waiting.splice(0, groupMax))
    isRunning = false
  }

  async function runGroup(group: readonly Waiting<Item, Value>[]): Promise<void> {
    try {
      const value = await work(group.map(({ item }) => item))
      for (const { resolve } of group) resolve(value)
    } catch (error) {
      if (group.length === 1) for (const { reject } of group) reject(error)
      else for (const one of group) await runGroup([one])
    }
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject })
      if (!isRunning) void runAll()
    })
}
