/** All doors. */
import { architecture } from './architecture.ts'
import { config } from './config.ts'
import { ndjson } from './ndjson.ts'
import { url } from './url.ts'

export const doors = [config, architecture, ndjson, url]
