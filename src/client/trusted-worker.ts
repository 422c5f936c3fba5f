interface PolicyFactory {
  createPolicy(name: string, rules: { createScriptURL(url: string): string | null }): unknown
}

/** Our policy refuses scripts by plain text, and the worker is registered by one (`workbox-window`). This lets exactly that address through.
 *  Only Chromium's family asks; the others go without. */
export function trustWorker(workerUrl: string): void {
  const factory = (globalThis as { trustedTypes?: PolicyFactory }).trustedTypes
  factory?.createPolicy('default', { createScriptURL: (url) => (url === workerUrl ? url : null) })
}
