import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { brokenPlugins } from './make/broken-build.ts'

/** One PostgreSQL for the whole run, one database of it for each file that asks. Two files at a time: a small machine has two cores. */
const config = defineConfig({
  root: join(import.meta.dirname, '..'),
  plugins: brokenPlugins(),
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    include: ['tests/**/*.test.{ts,tsx}', 'src/**/*.test.{ts,tsx}'],
    globalSetup: ['tests/make/postgres-cluster.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 120_000, // a guard against hanging, not a measure: a loaded machine is slow, not wrong
    hookTimeout: 120_000,
  },
})

export default config
