import { registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'
import { askedBroken, breakSource } from './broken-build.ts'

/** For `node --import`: the process runs the broken build that `YOROZU_BROKEN` names. */
const name = askedBroken()
if (name !== null)
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context)
      if (!url.startsWith('file:') || loaded.source == null) return loaded
      const source = typeof loaded.source === 'string' ? loaded.source : new TextDecoder().decode(loaded.source)
      const broken = breakSource(name, fileURLToPath(url), source)
      return broken === null ? loaded : { ...loaded, source: broken }
    },
  })
