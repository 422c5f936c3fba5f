import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { originOf, readConfig } from '#server/config.ts'

const DEMO = ['--demo']

test('the demo needs nothing set: a town that does not exist, on this machine only', () => {
  expect(readConfig({}, DEMO)).toEqual({
    ok: true,
    value: {
      demo: true,
      host: '127.0.0.1',
      port: 8080,
      dataDir: resolve('data'),
      serverKeyFile: resolve('data/server.key'),
      takesNewKey: false,
      databaseUrl: null,
      publicUrl: null,
      trustedProxies: 0,
      auditYears: 3,
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
    DATABASE_URL: 'postgres://yorozu:p%40ss@db.example:5432/yorozu?sslmode=verify-full',
    PUBLIC_URL: 'https://yorozu.example.jp/',
    TRUST_PROXY: '1',
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
      trustedProxies: 1,
      city: { code: '131016', name: '千代田区', phone: '03-1234-5678' },
    },
  })
})

test.each([
  ['PORT', ['80a', '65536', '-1', '8080.5', '８０８０', '1e3']],
  ['HOST', ['here there', 'http://localhost', '"; rm -rf /']],
  ['DATABASE_URL', ['mysql://db/x', 'db.example', 'postgres//x', "' or 1=1"]],
  ['PUBLIC_URL', ['yorozu.example.jp', 'javascript:alert(1)', 'ftp://x']],
  ['TRUST_PROXY', ['yes', '-1', '10', '１', '1.5']],
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

test('a database on another machine is reached encrypted, or nothing starts', () => {
  const saidOf = (url: string): readonly string[] => {
    const config = readConfig({ DATABASE_URL: url }, DEMO)
    return config.ok ? [] : config.error
  }
  for (const url of [
    'postgres://yorozu:himitsu@db.example/yorozu',
    'postgres://yorozu:himitsu@10.0.0.5/yorozu?sslmode=prefer',
    'postgres://yorozu:himitsu@db.example/yorozu?sslmode=require&sslmode=disable',
    'postgres://yorozu:himitsu@db.example/yorozu?sslmode=no-verify',
    'postgres://yorozu:himitsu@127.0.0.1/yorozu?host=db.example',
    'postgres://yorozu:himitsu@127.0.0.1.example/yorozu',
    'postgres://yorozu:himitsu@[2001:db8::1]/yorozu',
    'postgres://yorozu:himitsu@%zz/yorozu',
  ]) {
    expect({ url, said: saidOf(url) }).toEqual({
      url,
      said: [expect.stringMatching(/^DATABASE_URL が.+sslmode=require.+。$/)],
    })
    expect(saidOf(url).join()).not.toContain('himitsu')
  }
  for (const url of [
    'postgres://yorozu@localhost/yorozu',
    'postgres://yorozu@127.0.0.1:5433/yorozu',
    'postgres://yorozu@[::1]/yorozu',
    'postgres:///yorozu?host=/var/run/postgresql',
    'postgres://yorozu@%2Fvar%2Frun%2Fpostgresql/yorozu',
    'postgres://yorozu@db.example/yorozu?sslmode=require',
    'postgres://yorozu@db.example/yorozu?sslmode=verify-ca',
    'postgres://yorozu@db.example/yorozu?sslmode=verify-full',
  ]) {
    expect({ url, said: saidOf(url) }).toEqual({ url, said: [] })
  }
})

test('behind a proxy it must be said how many stand there, or everybody would be counted as one', () => {
  const config = readConfig({ PUBLIC_URL: 'https://yorozu.example.jp' }, DEMO)
  expect(config.ok ? [] : config.error).toEqual([expect.stringMatching(/^PUBLIC_URL .+TRUST_PROXY.+。$/)])
  expect(readConfig({ PUBLIC_URL: 'https://yorozu.example.jp', TRUST_PROXY: '0' }, DEMO)).toMatchObject({ ok: true })
})

test('outside the demo it starts where staff can sign in: on the machine itself, or over https by a name', () => {
  const saidOf = (environment: Readonly<Record<string, string>>): readonly string[] => {
    const config = readConfig({ TRUST_PROXY: '1', ...environment }, [])
    return config.ok ? [] : config.error
  }
  for (const environment of [
    {},
    { HOST: '::1' },
    { HOST: 'localhost' },
    { PUBLIC_URL: 'https://yorozu.example.jp' },
    { HOST: '0.0.0.0', PUBLIC_URL: 'https://yorozu.example.jp' },
    { PUBLIC_URL: 'http://localhost:3000' },
  ])
    expect({ environment, said: saidOf(environment) }).toEqual({ environment, said: [] })
  for (const HOST of ['0.0.0.0', '::', '192.168.0.10', '127.0.0.1.example'])
    expect({ HOST, said: saidOf({ HOST }) }).toEqual({
      HOST,
      said: [expect.stringMatching(/^HOST を.+PUBLIC_URL.+。$/)],
    })
  for (const PUBLIC_URL of ['http://yorozu.example.jp', 'https://192.168.0.10', 'https://[2001:db8::1]'])
    expect({ PUBLIC_URL, said: saidOf({ PUBLIC_URL }) }).toEqual({
      PUBLIC_URL,
      said: [expect.stringMatching(/^PUBLIC_URL は.+https:.+。$/)],
    })
})

test('people open it by a name, since a passkey belongs to one', () => {
  const at = (publicUrl: string | null, host = '127.0.0.1') => originOf({ publicUrl, host }, 8080)
  expect([at(null), at(null, '::1'), at(null, '0.0.0.0'), at('https://yorozu.example.jp/city')]).toEqual([
    ...Array.from({ length: 3 }, () => 'http://localhost:8080'),
    'https://yorozu.example.jp',
  ])
})
