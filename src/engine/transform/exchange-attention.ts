/** Exchanges one kind of attention for another: MHA, GQA, MQA, MLA. */
import * as z from 'zod/mini'
import type { Architecture, BlockUse, Stack } from '../../architecture/schema.ts'
import { isA } from './is-a.ts'
import { without } from './layers.ts'
import { mapBlocks, placeOf, settingsOf, type Spot } from './stacks.ts'
import { count, nothingTo, transformOf, usually } from './transform.ts'

const size = (about: string) => z.optional(count(1, about))
const options = z.strictObject({
  to: z.enum(['mha', 'gqa', 'mqa', 'mla']).check(z.describe('what every attention becomes')),
  n_kv_heads: usually(count(1, 'key-value heads of gqa'), 8),
  d_head: size('head size where latent attention is exchanged; its value head size where left out'),
  q_lora_rank: usually(
    z
      .nullable(z.int().check(z.minimum(1)))
      .check(z.describe('query rank of mla; none makes queries straight from the model width')),
    null,
  ),
  kv_lora_rank: size('latent size of mla; four heads where left out'),
  d_nope: size('head size of mla without rotation; the head size where left out'),
  d_rope: size('rotary head size of mla; half the head size where left out'),
  d_v: size('value head size of mla; that of the heads where left out'),
})
type Options = z.infer<typeof options>

export const exchangeAttention = transformOf({
  name: 'attention',
  title: 'Exchange attention',
  about:
    'Keeps the number of query heads and shares keys and values among them (gqa, mqa), not at all (mha), or makes them from one latent (mla). Sizes of mla left out are those of DeepSeek-V2 over the head size.',
  options,
  apply(document, given) {
    let found = false
    const exchange = (stack: Stack): Stack =>
      mapBlocks(document, stack, (use, spot) => {
        if (!isA(use, 'attention', 'latent_attention')) return use
        found = true
        return given.to === 'mla' ? toLatent(use, given, spot) : toGrouped(use, given, spot)
      })
    const changed: Architecture = { ...document, stacks: document.stacks.map(exchange) }
    if (!found) throw nothingTo('attention', 'no attention')
    return changed
  },
})

function toGrouped(use: BlockUse, { to, n_kv_heads, d_head }: Options, { names }: Spot): BlockUse {
  const settings = settingsOf(use, names) as Record<string, number>
  const heads = to === 'mha' ? settings['n_heads']! : to === 'mqa' ? 1 : n_kv_heads
  if (isA(use, 'attention')) {
    return { ...without(use, 'runtime_kv_heads'), n_kv_heads: heads }
  }
  const { position } = use
  return {
    ...placeOf(use),
    block: 'attention',
    n_heads: settings['n_heads'],
    n_kv_heads: heads,
    d_head: d_head ?? settings['d_v'],
    ...(settings['o_bias'] === 1 && { o_bias: true }),
    ...turned(position, (rotary) => without(rotary, 'd_head', 'd_rot', 'n_heads', 'n_kv_heads')),
  }
}

function toLatent(use: BlockUse, sizes: Options, { names }: Spot): BlockUse {
  const settings = settingsOf(use, names) as Record<string, number>
  const latent = isA(use, 'latent_attention')
  const d_head = latent ? settings['d_nope']! : settings['d_head']!
  const d_rope = sizes.d_rope ?? Math.floor(d_head / 2)
  return {
    ...placeOf(use),
    block: 'latent-attention',
    n_heads: settings['n_heads'],
    q_lora_rank: sizes.q_lora_rank,
    kv_lora_rank: sizes.kv_lora_rank ?? 4 * d_head,
    d_nope: sizes.d_nope ?? d_head,
    d_rope,
    d_v: sizes.d_v ?? settings['d_v'],
    ...(settings['o_bias'] === 1 && { o_bias: true }),
    // One rotary key for all heads, of its own size.
    ...turned(use['position'], (rotary) => ({
      ...without(rotary, 'd_rot'),
      d_head: d_rope,
      n_kv_heads: 1,
    })),
  }
}

/** The position encoding in its new place: rotary embeddings are fitted to the heads, others stay as they are. */
function turned(position: unknown, fit: (rotary: BlockUse) => BlockUse): { position?: unknown } {
  if (position === undefined || position === null) return {}
  const use = (typeof position === 'string' ? { block: position } : position) as BlockUse
  return { position: isA(use, 'rotary') ? fit(use) : position }
}
