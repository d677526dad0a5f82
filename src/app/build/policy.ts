/** The Content-Security-Policy of the built page: its own files, and the hub where a model is asked for by name. */

/** @param hub where configs are fetched from when a visitor names one @param styles inline styles of the page */
export async function contentPolicy(hub: string, styles: readonly string[]): Promise<string> {
  const hashes = await Promise.all(styles.map(hashOf))
  const rules: Record<string, readonly string[]> = {
    'default-src': ["'none'"],
    'script-src': ["'self'"],
    'style-src': ["'self'", ...hashes],
    'img-src': ["'self'", 'data:', 'blob:'],
    'connect-src': ["'self'", hub],
    'worker-src': ["'self'"],
    'manifest-src': ["'self'"],
    'base-uri': ["'none'"],
    'form-action': ["'none'"],
  }
  return Object.entries(rules)
    .map(([name, sources]) => [name, ...sources].join(' '))
    .join('; ')
}

async function hashOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return `'sha256-${btoa(String.fromCharCode(...new Uint8Array(digest)))}'`
}
