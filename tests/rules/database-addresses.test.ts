import { expect, test } from 'vitest'
import { addressesOf } from '#server/database-servers.ts'

test('an address with several servers is read as libpq reads it', () => {
  expect(addressesOf('postgres://yorozu:p%2Css@db1:5432,db2:5433/town?sslmode=require')).toEqual([
    'postgres://yorozu:p%2Css@db1:5432/town?sslmode=require',
    'postgres://yorozu:p%2Css@db2:5433/town?sslmode=require',
  ])
  expect(addressesOf('postgresql://db1,db2,[::1]:5434/town')).toEqual([
    'postgresql://db1/town',
    'postgresql://db2/town',
    'postgresql://[::1]:5434/town',
  ])
})

test('an address with one server stays as it is, whatever its password and its parameters hold', () => {
  for (const url of [
    'postgres://yorozu:a,b@db1:5432/town',
    'postgres://localhost/town?host=/var/run/a,b',
    'postgres:///town?host=/var/run/postgresql',
    'nonsense',
  ])
    expect(addressesOf(url)).toEqual([url])
})
