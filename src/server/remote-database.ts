import { isIP } from 'node:net'

const ENCRYPTED = new Set(['require', 'verify-ca', 'verify-full'])

/** Whether everything said to this database stays on this machine or is encrypted on the way. `url`: a PostgreSQL address. */
export function isPrivateConnection(url: string): boolean {
  const { hostname, searchParams } = new URL(url)
  const hosts = [hostname, ...searchParams.getAll('host')] // the driver takes the last of them
  const modes = searchParams.getAll('sslmode')
  return hosts.every(isHere) || (modes.length > 0 && modes.every((mode) => ENCRYPTED.has(mode)))
}

/** This machine's own network, or a socket in a folder. */
function isHere(host: string): boolean {
  const name = host.replaceAll(/%2f/gi, '/')
  if (name === '' || name.startsWith('/') || name === 'localhost' || name === '[::1]' || name === '::1') return true
  return isIP(name) === 4 && name.startsWith('127.')
}
