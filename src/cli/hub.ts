/** Fetches a model's config.json from the hub; the only use of the network. */
import { CommandError } from './errors.ts'

export const hubId = /^[\w][\w.-]*\/[\w][\w.-]*$/

export interface Hub {
  endpoint: string
  token?: string | undefined
  timeoutSeconds: number
  maxBytes: number
}

/** Where the hub is: HF_ENDPOINT and HF_TOKEN, as its own tools read them. */
export const hubFromEnvironment = (env: NodeJS.ProcessEnv): Hub => ({
  endpoint: (env['HF_ENDPOINT'] || 'https://huggingface.co').replace(/\/+$/, ''),
  token: env['HF_TOKEN'] || undefined,
  timeoutSeconds: 20,
  maxBytes: 4 * 1024 * 1024,
})

/**
 * The text of a model's config.json.
 * @throws CommandError that says whether the model is missing, gated, out of reach, too large or not JSON, and what to do
 */
export async function fetchConfig(id: string, hub: Hub): Promise<string> {
  const url = `${hub.endpoint}/${id}/resolve/main/config.json`
  try {
    const response = await fetch(url, {
      headers: {
        accept: 'application/json',
        ...(hub.token ? { authorization: `Bearer ${hub.token}` } : {}),
      },
      signal: AbortSignal.timeout(hub.timeoutSeconds * 1000),
    })
    if (!response.ok) throw new CommandError(refusal(id, response.status, hub))
    const text = await readAtMost(response, hub.maxBytes, id)
    if (!/^\s*\{/.test(text))
      throw new CommandError(
        `${url} is not a JSON object but ${kindOf(text, response)}; is ${id} a model on the hub?`,
      )
    return text
  } catch (error) {
    if (error instanceof CommandError) throw error
    throw new CommandError(outOfReach(id, error, hub))
  }
}

function refusal(id: string, status: number, { token }: Hub): string {
  switch (status) {
    case 401:
    case 403:
      return token
        ? `${id} is gated and the token in HF_TOKEN may not read it; accept its terms on the hub, or check the name`
        : `${id} is gated, private or does not exist; check the name, or accept its terms on the hub and set HF_TOKEN`
    case 404:
      return `the hub has no config.json for ${id}; check the name, or give a config.json as a file`
    case 429:
      return `the hub asks for patience (status 429); try again later, or set HF_TOKEN`
    default:
      return `the hub answers with status ${status} for ${id}; try again later, or give a config.json as a file`
  }
}

async function readAtMost(response: Response, maxBytes: number, id: string): Promise<string> {
  const tooLarge = (): CommandError =>
    new CommandError(
      `what the hub sends as config.json of ${id} is larger than ${maxBytes / 1024 / 1024} MiB, too large for one; give a config.json as a file`,
    )
  if (Number(response.headers.get('content-length') ?? 0) > maxBytes) throw tooLarge()
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of response.body ?? []) {
    size += part.byteLength
    if (size > maxBytes) throw tooLarge()
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

const kindOf = (text: string, response: Response): string =>
  text.trim() === ''
    ? 'empty'
    : (response.headers.get('content-type')?.split(';')[0] ?? 'something else')

function outOfReach(id: string, error: unknown, { endpoint, timeoutSeconds }: Hub): string {
  const { name, message, cause } = error as Error
  const offline = `; ${id} needs the network, a catalogue name or a config.json file does not`
  if (name === 'TimeoutError')
    return `${endpoint} did not answer within ${timeoutSeconds} seconds${offline}`
  const reason =
    cause instanceof Error
      ? ('code' in cause && typeof cause.code === 'string' && cause.code) || cause.message
      : message
  return `${endpoint} cannot be reached (${reason})${offline}`
}
