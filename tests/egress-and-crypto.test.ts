import { describe, expect, test } from 'vitest'
import { namedCryptography, namedCryptoPackages, reachesNobodyElse } from './tidy/security-checks.ts'
import { type Check, readSources } from './tidy/source.ts'

const CHECKS: readonly {
  readonly title: string
  readonly check: Check
  readonly sound: Readonly<Record<string, string>>
  readonly faulty: readonly Readonly<Record<string, string>>[]
}[] = [
  {
    title: 'no file of the program can reach another host',
    check: reachesNobodyElse,
    sound: {
      'src/halls/client/a.ts': 'fetch("/api/halls"); fetch(`/api/${id}`); fetch(path); new EventSource("/api/poke")',
      'src/server/a.ts': 'import { isIP } from "node:net"\nimport type { Server } from "node:http"\napp.fetch(request)',
      'src/server/database.ts': 'import pg from "pg"',
    },
    faulty: [
      ['src/halls/client/a.ts', 'fetch("https://example.com")'],
      ['src/halls/client/a.ts', 'fetch("//example.com")'],
      ['src/halls/client/a.ts', 'fetch(url)'],
      ['src/halls/client/a.ts', 'window.fetch(`${host}/x`)'],
      ['src/halls/client/a.ts', 'new WebSocket("wss://example.com")'],
      ['src/halls/client/a.ts', 'navigator.sendBeacon("/x")'],
      ['src/halls/client/a.ts', 'new EventSource(address)'],
      ['src/halls/server/a.ts', 'await fetch("/api/x")'],
      ['src/main.server.ts', 'globalThis.fetch(path)'],
      ['src/server/a.ts', 'import { request } from "node:https"'],
      ['src/server/a.ts', 'import * as http from "node:http"'],
      ['src/server/a.ts', 'import net from "node:net"'],
      ['src/server/a.ts', 'import { connect } from "node:net"'],
      ['src/server/a.ts', 'import { spawn } from "node:child_process"'],
      ['src/halls/server/a.ts', 'import pg from "pg"'],
    ].map(([path = '', text = '']) => ({ [path]: text })),
  },
  {
    title: 'cryptography is that of node:crypto and WebCrypto, with SHA-256 and AES-GCM',
    check: namedCryptography,
    sound: {
      'src/server/a.ts': `createHash('sha256'); createHmac('sha256', key); const c = 'aes-256-gcm'`,
      'src/halls/client/a.ts': `crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, text)`,
    },
    faulty: [
      `createHash('md5')`,
      `createHash(name)`,
      `createHmac('sha1', key)`,
      `const c = 'aes-256-cbc'`,
      `subtle.encrypt({ name: 'AES-CBC', iv }, key, text)`,
      `const id = Math.random()`,
    ].map((text) => ({ 'src/server/a.ts': text })),
  },
  {
    title: 'no package brings cryptography but the named ones',
    check: namedCryptoPackages,
    sound: { 'package.json': '{"dependencies":{"otpauth":"1.0.0","hono":"1.0.0"}}' },
    faulty: [{ 'package.json': '{"dependencies":{"crypto-js":"1.0.0"}}' }],
  },
]

describe('the program', () => {
  const house = readSources()
  test.each(CHECKS)('$title', ({ check }) => {
    expect(check(house)).toEqual([])
  })
})

describe('each check finds a planted fault, and only that', () => {
  test.each(CHECKS)('$title', ({ check, sound, faulty }) => {
    expect(check(new Map(Object.entries(sound)))).toEqual([])
    for (const files of faulty) expect(check(new Map(Object.entries(files))), JSON.stringify(files)).not.toEqual([])
  })
})
