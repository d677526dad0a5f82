/** All doors. */
import { architecture } from './architecture.ts'
import { commandLine } from './command-line.ts'
import { config } from './config.ts'
import { deployment } from './deployment.ts'
import { formulas } from './formulas.ts'
import { gguf } from './gguf.ts'
import { hub } from './hub.ts'
import { ndjson } from './ndjson.ts'
import { safetensors } from './safetensors.ts'
import { space } from './space.ts'
import { state } from './state.ts'
import { url } from './url.ts'

export const doors = [
  config,
  architecture,
  ndjson,
  url,
  gguf,
  safetensors,
  space,
  deployment,
  state,
  hub,
  formulas,
  commandLine,
]
