/** Whether the tables of the language model are tied, by what the config around it says and its family makes of that. */
import type { Outside } from '../reader.ts'
import type { Holder } from './holder.ts'
import { towersOf } from './index.ts'
import type { Ties } from './tower-family.ts'

const key = 'tie_word_embeddings'

/** Families whose towers are not modelled. */
const without_towers: Readonly<Record<string, Ties | undefined>> = {
  cosmos3_edge: 'never',
  deepseek_ocr2: 'outer, or untied',
  glm5_next: 'outer, or untied',
  granite4_vision: 'outer, or untied',
  hunyuan_vl: 'text',
  inkling_mm_model: 'never',
  muse_glimmer: 'outer, or untied',
  vibevoice_asr: 'never',
  voxtral_realtime: 'outer, or tied',
}

/** What stands in the place of the language model's own key, or beside it. */
export function tied({ config, path, model_type }: Holder): Readonly<Record<string, Outside>> {
  const outer = (config as Record<string, unknown>)[key]
  const said = outer === undefined ? null : { value: outer, path: path + key }
  const missing = (value: boolean): Outside => ({
    value,
    path: path + key,
    defaulted: true,
    decides: true,
  })
  switch (towersOf(model_type)?.ties ?? without_towers[model_type]) {
    case 'outer, or tied':
      return { [key]: said ? { ...said, decides: true } : missing(true) }
    case 'outer, or untied':
      return { [key]: said ? { ...said, decides: true } : missing(false) }
    case 'either, or tied':
      return said?.value === false
        ? {}
        : { [key]: said ? { ...said, decides: true } : missing(true) }
    case 'either':
      return said?.value === true ? { [key]: { ...said, decides: true } } : {}
    case 'never':
      return { [key]: missing(false) }
    case 'text':
      return {}
    case 'outer, or text':
    case undefined:
      // So it is in nearly all families that are measured: what the whole says goes before what its text says.
      return said && said.value !== null ? { [key]: { ...said, decides: true } } : {}
  }
}
