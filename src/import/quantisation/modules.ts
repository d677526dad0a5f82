/** Names and patterns of modules, as lists of what stays unquantised hold them -> the roles and layers they mean. */

/** Where the linear layers of a role stand in published model code, after the number of the layer. */
const inLayers: Readonly<Record<string, readonly (readonly string[])[]>> = {
  attention: [
    under('self_attn', 'q_proj k_proj v_proj o_proj'),
    under('self_attn', 'q_a_proj q_b_proj kv_a_proj_with_mqa kv_b_proj o_proj'),
    under('self_attn', 'qkv_proj o_proj'),
    under('attention', 'wq wk wv wo'),
    under('attn', 'c_attn c_proj'),
    under('attention', 'query_key_value dense'),
  ],
  ffn: [
    under('mlp', 'gate_proj up_proj down_proj'),
    under('mlp', 'gate_up_proj down_proj'),
    under('mlp', 'fc1 fc2'),
    under('feed_forward', 'w1 w2 w3'),
    under('feed_forward', 'gate_proj up_proj down_proj'),
  ],
  experts: [
    under('mlp.experts.0', 'gate_proj up_proj down_proj'),
    under('mlp.experts', 'gate_up_proj down_proj'),
    under('block_sparse_moe.experts.0', 'w1 w2 w3'),
    under('feed_forward.experts', 'gate_up_proj down_proj'),
    under('ffn.experts.0', 'w1 w2 w3'),
  ],
  shared_experts: [
    under('mlp.shared_experts', 'gate_proj up_proj down_proj'),
    under('mlp.shared_expert', 'gate_proj up_proj down_proj'),
    under('mlp.shared_mlp', 'gate_proj up_proj down_proj'),
    under('feed_forward.shared_expert', 'gate_proj up_proj down_proj'),
    under('ffn.shared_experts', 'w1 w2 w3'),
  ],
  state: [
    under('linear_attn', 'in_proj_qkvz in_proj_ba out_proj'),
    under('linear_attn', 'in_proj_qkv in_proj_z in_proj_b in_proj_a out_proj'),
    under('mixer', 'in_proj out_proj'),
    under('mamba', 'in_proj out_proj'),
    under('self_attn', 'q_proj k_proj v_proj b_proj o_proj'),
  ],
}

/** What is never quantised unless it is asked for, and need not be named. */
const others =
  /(^|[._*^\\])(lm_head|output|embed_tokens|embed_out|word_embeddings|wte|embeddings?|norm\w*|\w*(layer)?norm|gate|router|classifier|wg|\w*expert_gate|conv1d|dt_bias|A_log|e_score_correction_bias|gate\.wg)(\.weight)?\$?$/

/** Parts of a checkpoint that are not counted: other towers, modules that predict further tokens. */
const outside =
  /visual|vision|audio|speech|image|projector|connector|aligner|mtp|nextn|eh_proj|shared_head|merger|patch|resampler|talker|code2wav|token2wav/i

function under(module: string, leaves: string): string[] {
  return leaves.split(' ').map((leaf) => `${module}.${leaf}`)
}

/** How much of a role is meant in a layer: all of it, a part of it, or nothing. */
export type Share = 'all' | 'part' | 'none'

/** A name or pattern, ready to be asked. */
export interface Modules {
  text: string
  /** Whether it means anything that is known, in a model or beside it. */
  is_known: boolean
  shareOf: (role: string, layer: number) => Share
}

const layerNumber = /(?:^|\.)(?:layers|h|blocks|block)\.(\d+)(?:\.|$)/
/** What names stand under in published model code. */
const beginnings =
  /^(?:model\.|language_model\.|transformer\.|backbone\.|decoder\.|text_model\.|thinker\.)+/

export function readModules(text: string): Modules {
  const matches = matcherOf(text)
  const spellings = (role: string): readonly (readonly string[])[] => inLayers[role] ?? []
  const shareOf = (role: string, layer: number): Share => {
    const shares = spellings(role).map((modules) => {
      const met = modules.filter((module) => matches?.(module, layer) ?? false).length
      return met === 0 ? 'none' : met === modules.length ? 'all' : 'part'
    })
    return shares.includes('all') ? 'all' : shares.includes('part') ? 'part' : 'none'
  }
  const at = Number(layerNumber.exec(text)?.[1] ?? 0)
  const meansRole = Object.keys(inLayers).some((role) => shareOf(role, at) !== 'none')
  return { text, is_known: meansRole || others.test(text) || outside.test(text), shareOf }
}

type Matcher = (module: string, layer: number) => boolean

/** Null where a pattern is none that is read. */
function matcherOf(text: string): Matcher | null {
  if (outside.test(text) && !text.startsWith('re:')) return null
  if (text.startsWith('re:')) return ofPattern(text.slice(3))
  if (text.includes('*'))
    return ofPattern(`(.*\\.)?${globbed(text.replace(/^\*+\.?/, ''))}(\\..*)?$`)
  const name = text.replace(/\.weight$/, '').replace(beginnings, '')
  const numbered = layerNumber.exec(name)
  const layer = numbered === null ? null : Number(numbered[1])
  const rest = numbered === null ? name : name.slice(numbered.index + numbered[0].length)
  return (module, of) => {
    if (layer !== null) return layer === of && (rest === '' || `${module}.`.startsWith(`${rest}.`))
    return rest !== '' && `.${module}.`.includes(`.${rest}.`)
  }
}

const globbed = (text: string): string =>
  text
    .replace(/\.weight$/, '')
    .replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll(/\*+/g, '.*')

const longestPattern = 200
const mostRepeats = 4

/** A pattern over whole names. What could take long, such as a repeated group, is not read. */
function ofPattern(pattern: string): Matcher | null {
  const repeats = pattern.match(/[*+{]/g)?.length ?? 0
  if (
    pattern.length > longestPattern ||
    repeats > mostRepeats ||
    /\)[*+{]|\(\?[^:!=]/.test(pattern)
  )
    return null
  let expression: RegExp
  try {
    expression = new RegExp(`^(?:${pattern})`)
  } catch {
    return null
  }
  const of = (module: string, layer: number): boolean =>
    ['model.', 'model.language_model.', 'language_model.model.'].some((beginning) =>
      expression.test(`${beginning}layers.${layer}.${module}`),
    )
  // Where no number is written, all layers are alike.
  const bySample = /\d/.test(pattern) ? null : new Map<string, boolean>()
  return (module, layer) => {
    if (bySample === null) return of(module, layer)
    const known = bySample.get(module) ?? of(module, layer)
    bySample.set(module, known)
    return known
  }
}
