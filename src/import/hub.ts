/** Fetches a model's config.json from the hub. Who asks hands in the network, so that nothing here uses it unasked. */

/** An id of the hub, as org/name. */
export const hubId = /^[\w][\w.-]*\/[\w][\w.-]*$/

/** What is named on the hub: a model's id, and which revision of it. */
export interface OnHub {
  id: string
  revision: string
}

/**
 * Reads `org/name`, or a link to a model on the hub or to a file of it.
 * @param endpoint a hub beside the public one whose links are read
 * @returns null where it is neither
 */
export function readHubName(text: string, endpoint: string): OnHub | null {
  const word = text.trim()
  if (hubId.test(word)) return { id: word, revision: 'main' }
  const hosts = ['https://huggingface.co', 'https://hf.co', endpoint].map(withoutScheme)
  const link = withoutScheme(word)
  const host = hosts.find((each) => link.startsWith(`${each}/`))
  if (host === undefined) return null
  const [org, name, view, revision] = link.slice(host.length + 1).split(/[/?#]/)
  const id = `${org}/${name}`
  if (!hubId.test(id) || org === 'datasets' || org === 'spaces') return null
  const isOfFiles = ['tree', 'blob', 'resolve', 'raw'].includes(view ?? '')
  return { id, revision: (isOfFiles && revision) || 'main' }
}

const withoutScheme = (url: string): string => url.replace(/^https?:\/\/(www\.)?/i, '')

/** No config.json is larger. */
const largest = 4 * 1024 * 1024

/** Why there is no config, and what to do. */
export class HubError extends Error {
  override name = 'HubError'
  /** The hub knows the model, and no config.json of it. */
  code?: 'no_config'
}

export interface Hub {
  endpoint: string
  /** Opens what is gated. */
  token?: string | undefined
  patience_seconds: number
  fetch: (url: string, how: RequestInit) => Promise<Response>
  /** Waits so many milliseconds, and keeps a program alive meanwhile; less where the signal ends it. */
  sleep: (milliseconds: number, signal: AbortSignal) => Promise<unknown>
  /** What can be done where the hub does not help: 'give a config.json as a file'. */
  instead: string
  /** What opens a gated model to one who has no token: 'accept its terms on the hub and set HF_TOKEN'. */
  to_open: string
}

/**
 * The text of a model's config.json, a JSON object by its first character.
 * @param id as org/name
 * @throws HubError that says whether the model is missing, gated, out of reach, too large or not JSON, and what to do
 */
export async function fetchConfig(id: string, hub: Hub, revision = 'main'): Promise<string> {
  if (!hubId.test(id))
    throw new HubError(`“${id.slice(0, 80)}” is no id of the hub; one is written org/name`)
  const url = `${hub.endpoint}/${id}/resolve/${encodeURIComponent(revision)}/config.json`
  const response = await reached(hub, () =>
    hub.fetch(url, asked(hub, { accept: 'application/json' })),
  )
  if (!response.ok) {
    const error = new HubError(refusal(id, response.status, hub))
    if (response.status === 404) error.code = 'no_config'
    throw error
  }
  const text = await reached(hub, () => readAtMost(response))
  if (text === null)
    throw new HubError(
      `what the hub sends as config.json of ${id} is larger than ${largest / 1024 / 1024} MiB, too large for one; ${hub.instead}`,
    )
  if (!/^\s*\{/.test(text))
    throw new HubError(
      `${url} is not a JSON object but ${kindOf(text, response)}; is ${id} a model on the hub?`,
    )
  return text
}

/** How the hub is asked: as who, and with what patience. */
export const asked = (
  { token, patience_seconds }: Hub,
  headers: Record<string, string>,
): RequestInit => ({
  headers: { ...headers, ...(token ? { authorization: `Bearer ${token}` } : {}) },
  signal: AbortSignal.timeout(patience_seconds * 1000),
})

/**
 * Waits for the network, which may fail at its first byte as at its last. A body that is not packed as its headers say can
 * keep fetch waiting past its signal, so patience ends here as well.
 * @throws HubError that says what was out of reach, and what to do
 */
export async function reached<Answer>(hub: Hub, work: () => Promise<Answer>): Promise<Answer> {
  const done = new AbortController()
  const late = hub.sleep(1000 * hub.patience_seconds, done.signal).then((): never => {
    throw new DOMException('no answer', 'TimeoutError')
  })
  try {
    return await Promise.race([work(), late])
  } catch (error) {
    throw new HubError(outOfReach(error as Error, hub), { cause: error })
  } finally {
    done.abort()
  }
}

function refusal(id: string, status: number, { token, instead, to_open }: Hub): string {
  switch (status) {
    case 401:
    case 403:
      return token
        ? `${id} is gated and the token in HF_TOKEN may not read it; accept its terms on the hub, or check the name`
        : `${id} is gated, private or does not exist; check the name, or ${to_open}`
    case 404:
      return `the hub has no config.json for ${id}; check the name, or ${instead}`
    case 429:
      return `the hub asks for patience (status 429); try again later, or ${instead}`
    default:
      return `the hub answers with status ${status} for ${id}; try again later, or ${instead}`
  }
}

/** @returns null where there is more than any config.json has */
async function readAtMost({ body, headers }: Response): Promise<string | null> {
  if (body === null) return ''
  if (Number(headers.get('content-length') ?? 0) > largest) {
    void body.cancel()
    return null
  }
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let [text, size] = ['', 0]
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    size += value.byteLength
    if (size > largest) {
      void reader.cancel()
      return null
    }
    text += decoder.decode(value, { stream: true })
  }
}

const kindOf = (text: string, response: Response): string =>
  text.trim() === ''
    ? 'empty'
    : (response.headers.get('content-type')?.split(';')[0] ?? 'something else')

function outOfReach(
  { name, message, cause }: Error,
  { endpoint, patience_seconds, instead }: Hub,
): string {
  if (name === 'TimeoutError')
    return `${endpoint} did not answer within ${patience_seconds} seconds; ${instead}`
  const reason =
    cause instanceof Error
      ? ('code' in cause && typeof cause.code === 'string' && cause.code) || cause.message
      : message
  return `${endpoint} cannot be reached (${reason}); ${instead}`
}
