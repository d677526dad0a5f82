/** Fetches a model's config.json from the hub, when a visitor names one: the page's only use of the network. */
export const hubId = /^[\w][\w.-]*\/[\w][\w.-]*$/

const largest = 4 * 1024 * 1024
const patience = 20_000

/** Where the built page was told that the hub is. */
export const hubEndpoint = (): string =>
  document.querySelector<HTMLMetaElement>('meta[name="hub"]')?.content ?? 'https://huggingface.co'

/** @throws Error that says whether the model is missing, gated, out of reach, too large or not JSON, and what to do */
export async function fetchConfig(id: string, endpoint: string): Promise<string> {
  if (!hubId.test(id))
    throw new Error(`“${id.slice(0, 80)}” is no id of the hub; one is written org/name.`)
  const response = await reached(endpoint, () =>
    fetch(`${endpoint}/${id}/resolve/main/config.json`, {
      credentials: 'omit',
      signal: AbortSignal.timeout(patience),
    }),
  )
  if (!response.ok) throw new Error(refusal(id, response.status))
  const text = await reached(endpoint, () => readAtMost(response))
  if (text === null)
    throw new Error(`What the hub sends as config.json of ${id} is too large for one.`)
  if (!/^\s*\{/.test(text))
    throw new Error(`What the hub sends as config.json of ${id} is not a JSON object.`)
  return text
}

/** Waits for work on the network, which may fail at its first byte as at its last. */
async function reached<Answer>(endpoint: string, work: () => Promise<Answer>): Promise<Answer> {
  try {
    return await work()
  } catch (error) {
    const late = (error as Error).name === 'TimeoutError'
    const why = late ? `did not answer within ${patience / 1000} seconds` : 'cannot be reached'
    throw new Error(`${endpoint} ${why}. Paste the config.json instead.`, { cause: error })
  }
}

function refusal(id: string, status: number): string {
  switch (status) {
    case 401:
    case 403:
      return `${id} is gated, private or does not exist. If its terms are accepted, paste its config.json.`
    case 404:
      return `The hub has no config.json for ${id}. Check the name.`
    case 429:
      return 'The hub asks for patience. Try again later, or paste the config.json.'
    default:
      return `The hub answers with status ${status} for ${id}. Try again later, or paste the config.json.`
  }
}

/** @returns null where there is more than any config.json has */
async function readAtMost({ body }: Response): Promise<string | null> {
  if (body === null) return ''
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
