import { startBenchPostgres } from './postgres.ts'
import { seedSessions } from './seeds.ts'
import { makeMemoryDevice } from './devices.ts'
import { startServer } from './start-server.ts'
const pg = await startBenchPostgres()
const t = await pg.makeTemplate((d) => seedSessions(d, { sessions: 20, people: 50, firstInDays: null }))
for (let r = 0; r < 3; r++) {
  const s = await startServer('product', await pg.copy(t))
  const devs = []
  for (let i = 0; i < 20; i++) {
    const o = await fetch(s.origin + s.links.volunteer, { redirect: 'manual' })
    const d = makeMemoryDevice(s.origin, o.headers.get('set-cookie')?.split(';')[0] ?? '')
    await d.prepare()
    d.checkIn(i)
    devs.push(d)
  }
  let t0 = 0
  for (const [i, d] of devs.entries()) {
    const post = d.wire.post
    ;(d.wire as any).post = async (p: string, b: any) => {
      const a = performance.now()
      const x: any = await post(p, b)
      if (r === 2)
        console.log(
          i,
          'push',
          b.push.length,
          'from',
          (a - t0).toFixed(0),
          'took',
          (performance.now() - a).toFixed(0),
          'changes',
          x.changes.length,
        )
      return x
    }
  }
  t0 = performance.now()
  await Promise.all(devs.map((d) => d.reconnect(1000).converged))
  console.log('total', performance.now() - t0)
  await s.stop()
}
await pg.stop()
process.exit()
