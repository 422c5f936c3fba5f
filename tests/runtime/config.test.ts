import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { readConfig } from '#server/config.ts'
import { startApp } from '../make/app-process.ts'

const DEMO = ['--demo']

test('the demo needs nothing set: a town that does not exist, on this machine only', () => {
  expect(readConfig({}, DEMO)).toEqual({
    ok: true,
    value: {
      demo: true,
      host: '127.0.0.1',
      port: 8080,
      dataDir: resolve('data'),
      databaseUrl: null,
      publicUrl: null,
      city: { code: '000000', name: 'うみかぜ町', phone: '0000-00-0000' },
    },
  })
})

test('an empty value is no value, as compose files write it', () => {
  expect(readConfig({ PORT: '', DATABASE_URL: ' ', CITY_NAME: '' }, DEMO)).toEqual(readConfig({}, DEMO))
})

test('everything can be set', () => {
  const environment = {
    PORT: '3000',
    HOST: '::',
    DATA_DIR: '/var/lib/よろず',
    DATABASE_URL: 'postgres://yorozu:p%40ss@db.example:5432/yorozu',
    PUBLIC_URL: 'https://yorozu.example.jp/',
    CITY_CODE: '131016',
    CITY_NAME: '千代田区',
    CITY_PHONE: '03-1234-5678',
  }
  expect(readConfig(environment, DEMO)).toMatchObject({
    value: {
      host: '::',
      port: 3000,
      dataDir: '/var/lib/よろず',
      databaseUrl: environment.DATABASE_URL,
      publicUrl: 'https://yorozu.example.jp',
      city: { code: '131016', name: '千代田区', phone: '03-1234-5678' },
    },
  })
})

test.each([
  ['PORT', ['80a', '65536', '-1', '8080.5', '８０８０', '1e3']],
  ['HOST', ['here there', 'http://localhost', '"; rm -rf /']],
  ['DATABASE_URL', ['mysql://db/x', 'db.example', 'postgres//x', "' or 1=1"]],
  ['PUBLIC_URL', ['yorozu.example.jp', 'javascript:alert(1)', 'ftp://x']],
  ['CITY_CODE', ['13101', '131017', '１３１０１６', 'abcdef', '1310160']],
  ['CITY_NAME', ['あ'.repeat(41), 'みどり\u0000市', '\u202E市']],
  ['CITY_PHONE', ['110', '０３-1234-5678', '03 1234 5678', '+81-3-1234-5678', 'でんわ']],
] as const)('a wrong %s is named in one sentence', (name, values) => {
  for (const value of values) {
    const config = readConfig({ [name]: value }, DEMO)
    expect({ value, said: config.ok ? [] : config.error }).toEqual({
      value,
      said: [expect.stringMatching(new RegExp(`^${name} は.+。$`))],
    })
  }
})

test('all wrong values are named at once', () => {
  const config = readConfig({ PORT: 'x', CITY_CODE: 'y', DATABASE_URL: 'z' }, ['--demo', '--prot=80'])
  expect(config.ok ? [] : config.error.map((sentence) => sentence.split(' ')[0])).toEqual([
    'PORT',
    'DATABASE_URL',
    'CITY_CODE',
    '起動のことば',
  ])
})

test('a wrong database address is never shown back: it may hold a password', () => {
  const config = readConfig({ DATABASE_URL: 'postgre://yorozu:himitsu@db/x' }, DEMO)
  expect(JSON.stringify(config)).not.toContain('himitsu')
})

test('outside the demo it does not start, and says why', async () => {
  const { code, errors } = await startApp({ env: {}, args: [] }).ended
  expect({ code, errors }).toEqual({
    code: 1,
    errors: expect.stringMatching(/^職員が入るための仕組みがまだないため、いまはお試し（--demo）でだけ動きます。.+\n$/),
  })
})
