import type { ServerOptions } from 'node:http'

/** How long a sender may take: 10 s for the head of a request and 10 s more for its body, looked at each second. Whoever is slower is
 *  answered 408 and let go. A stream of news is not concerned: its request is whole at once. Why: docs/rules.md#rate-limits */
export const PATIENCE = {
  headersTimeout: 10_000,
  requestTimeout: 20_000,
  connectionsCheckingInterval: 1_000,
} as const satisfies ServerOptions
