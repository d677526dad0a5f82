/** A server that answers as the hub does, for tests of what is fetched from it. */
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A small config that every import reads. */
export const config = {
  model_type: 'llama',
  hidden_size: 64,
  num_hidden_layers: 2,
  num_attention_heads: 4,
  intermediate_size: 128,
  vocab_size: 100,
}

/** What the hub answers for a model that anyone may read, and for one that needs a token. */
export const usual: Record<string, RequestListener> = {
  'org/found': (_request, response) => response.end(JSON.stringify(config)),
  'org/gated': ({ headers }, response) => {
    if (headers.authorization === 'Bearer secret') response.end(JSON.stringify(config))
    else response.writeHead(401).end('Access is restricted')
  },
}

/** Starts it. @param answers by the id whose config.json is asked for; any other id is not found */
export async function serveHub(
  answers: Readonly<Record<string, RequestListener>>,
): Promise<{ endpoint: string; close: () => void }> {
  const server = createServer((request, response) => {
    const id = request.url!.replace(/^\//, '').replace('/resolve/main/config.json', '')
    const answer = answers[id]
    if (answer) answer(request, response)
    else response.writeHead(404).end('Repository not found')
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
