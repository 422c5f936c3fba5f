import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Context } from 'hono'

const WORTH_PACKING_BYTES = 1024

// Packed while somebody waits: the lowest level shrinks a roster to an eighth in a quarter of the time of the usual ones.
const BROTLI = {
  params: { [constants.BROTLI_PARAM_QUALITY]: 1, [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT },
}
const GZIP = { level: 1 }

/** Answers 200 with JSON, compressed as far as the browser reads it: a hall's line is slower than any computer.
 *  @param body what to say, or the JSON text that says it. */
export async function answerJson(c: Context, body: object | string): Promise<Response> {
  const plain = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))
  const accepted = c.req.header('Accept-Encoding') ?? ''
  const encoding = ['br', 'gzip'].find((name) => accepted.includes(name))
  c.header('Content-Type', 'application/json')
  if (encoding === undefined || plain.length < WORTH_PACKING_BYTES) return c.body(plain)
  c.header('Content-Encoding', encoding)
  return c.body(encoding === 'br' ? await promisify(brotliCompress)(plain, BROTLI) : await promisify(gzip)(plain, GZIP))
}
