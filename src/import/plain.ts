/** Families that nobody has read yet, where all keys describe a plain transformer: as LLaMA, with what the keys say. */
import { ArchcostError, attempt } from '../architecture/errors.ts'
import type { Architecture, BlockUse } from '../architecture/schema.ts'
import { countLayers, decoder, preNorm } from './decoder.ts'
import { byKind, denseOrSparse, type Layered } from './layers.ts'
import { attention, biasesIf, block, gatedFfn, heads, moe, norms, plainFfn } from './parts.ts'
import type { Reader } from './reader.ts'
import { kindsOf, sliding, windowSize } from './windows.ts'
import { foreignMechanism } from './foreign.ts'

/**
 * @throws ArchcostError `unsupported` where a key names another mechanism, `invalid_config` where the shape is missing
 */
export function readPlain(c: Reader): Architecture {
  const read = attempt(() => build(c))
  // What a key says of another mechanism explains more than that the others do not fit together.
  if (!(read instanceof ArchcostError) || read.code === 'invalid_config') refuseForeign(c)
  if (read instanceof ArchcostError) throw read
  return read
}

function build(c: Reader): Architecture {
  if (!c.has('hidden_size') || !c.has('num_hidden_layers')) {
    throw new ArchcostError(
      'invalid_config',
      'neither its family nor its shape is known; model_type, or hidden_size, num_hidden_layers and the like are expected',
      c.has('hidden_size') ? 'num_hidden_layers' : 'hidden_size',
    )
  }
  const bias = c.flag('use_bias') || c.flag('bias')
  const norm =
    c.has('rms_norm_eps') || !layerNormKeys.some((key) => c.has(key)) ? norms.rms : norms.layer
  return decoder(c, preNorm(norm, mixer(c, bias), ffn(c, bias || c.flag('mlp_bias'))), {
    final_norm: norm,
    ...positions(c),
    max_context: c.count('max_position_embeddings', usual_context),
  })
}

/** What the first LLaMA was made for, where a config does not say. */
const usual_context = 2048

const layerNormKeys = ['layer_norm_eps', 'layer_norm_epsilon', 'norm_epsilon', 'layernorm_epsilon']

/**
 * @param is_harmless which keys name no mechanism in a family that is known
 * @throws ArchcostError `unsupported` where a key that nobody read names another mechanism
 */
export function refuseForeign(
  c: Reader,
  is_harmless: (key: string, value: unknown) => boolean = () => false,
): void {
  const shape = { d_model: sizeOf(c, 'hidden_size'), n_layers: sizeOf(c, 'num_hidden_layers') }
  for (const { key, path, value } of c.unread()) {
    const mechanism = is_harmless(key, value) ? null : foreignMechanism(key, value, shape)
    if (mechanism !== null)
      throw new ArchcostError(
        'unsupported',
        `names ${mechanism}, a mechanism that is not modelled for this family`,
        path,
      )
  }
}

/** A count that another mistake may stand in the place of. */
function sizeOf(c: Reader, key: string): number | null {
  const size = attempt(() => c.optionalCount(key))
  return size instanceof ArchcostError ? null : size
}

/** Positions are learned where a length is given as older configs do and nothing is said of turning. */
const learned = (c: Reader): boolean =>
  c.names('n_positions') &&
  !['rope_theta', 'rope_scaling', 'rotary_dim', 'rotary_pct', 'rotary_emb_base'].some((key) =>
    c.has(key),
  )

const positions = (c: Reader) =>
  learned(c) && !c.flag('alibi') ? { positions: block('learned-positions', {}) } : {}

function mixer(c: Reader, bias: boolean): Layered {
  const shape = heads(c)
  const all = bias || c.flag('attention_bias')
  const some = ['qkv_bias', 'use_qkv_bias', 'attention_qkv_bias', 'add_qkv_bias'].some((key) =>
    c.flag(key),
  )
  const settings = {
    heads: shape,
    bias: biasesIf(all || some, all ? 'qkvo' : 'qkv'),
    ...(['use_qk_norm', 'qk_norm', 'qk_layernorm'].some((key) => c.flag(key)) && {
      qk_norm: 'shared',
    }),
  }
  const still = c.flag('alibi') ? block('alibi', {}) : learned(c) ? null : undefined
  const window =
    c.has('sliding_window') && c.flag('use_sliding_window', true) ? windowSize(c) : null
  if (window === null) {
    c.ignore('sliding_window', 'max_window_layers')
    // Without a window all kinds of layers are alike, but they must be kinds of attention.
    kindsOf(c, () => false)
    return attention(c, { ...settings, ...(still !== undefined && { position: still }) })
  }
  const period = c.optionalCount('sliding_window_pattern')
  return sliding(c, period === null ? () => true : { all_but_every: period }, {
    from: 'sliding_window_pattern',
    ...settings,
    ...(still !== undefined && { position_of: () => still }),
  })
}

function ffn(c: Reader, bias: boolean): Layered {
  const dense = (): BlockUse => (isGated(c) ? gatedFfn : plainFfn)(c, { bias })
  if (!c.has('num_local_experts') || c.count('num_local_experts', 0, 0) <= 1) return dense()
  if (!c.has('num_experts_per_tok'))
    throw new ArchcostError(
      'unsupported',
      'has experts, but not how many a token uses (num_experts_per_tok), so the mixture is not readable',
      'num_experts_per_tok',
    )
  c.ignore(...routing)
  const width =
    c.optionalCount('moe_intermediate_size') ??
    c.derive('moe_intermediate_size', 'intermediate_size', c.count('intermediate_size'))
  const shared =
    c.optionalCount('shared_expert_intermediate_size') ??
    c.optionalCount('shared_intermediate_size') ??
    c.count('n_shared_experts', 0, 0) * width
  const experts = (): BlockUse => moe(c, { width, shared })
  const first = c.count('first_k_dense_replace', 0, 0)
  const step = c.count('decoder_sparse_step', 1)
  const n_layers = countLayers(c)
  const listed = c.has('mlp_layer_types')
  const said = c.kinds('mlp_layer_types', n_layers, {
    from: 'first_k_dense_replace, decoder_sparse_step',
    kind: (layer) => (layer >= first && (layer + 1) % step === 0 ? 'sparse' : 'dense'),
  })
  const kinds = denseOrSparse(n_layers, (layer) => said[layer] !== 'dense')
  return byKind(
    kinds,
    (kind) => (kind === 'dense' ? dense() : experts()),
    !listed && first > 0 && step === 1 ? { dense: { first } } : {},
  )
}

/** How experts are chosen and balanced, where it is known that there are some. */
const routing = [
  'use_moe',
  'moe',
  'is_moe',
  'enable_moe',
  'moe_router_type',
  'router_type',
  'moe_router_use_sigmoid',
  'moe_router_enable_expert_bias',
  'num_expert_group',
]

/** Gates come with SiLU; without a word about the activation too, since that is how models are built today. */
const isGated = (c: Reader): boolean =>
  !c.has('hidden_act') || /silu|swish|glu|geglu/.test(c.text('hidden_act', 'silu').toLowerCase())
