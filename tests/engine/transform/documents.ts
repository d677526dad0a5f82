/** Published shapes, written out by hand. */
import type { Architecture } from '../../../src/architecture/schema.ts'

/** Mistral 7B v0.1 but for its window: also the shape of a Mixtral 8x7B expert. */
export const mistral: Architecture = {
  name: 'Mistral 7B',
  d_model: 4096,
  max_context: 32768,
  stacks: [
    {
      role: 'decoder',
      n_layers: 32,
      input: [{ block: 'token-embedding', vocab_size: 32000 }],
      layer: [
        {
          name: 'mixer',
          before: 'rmsnorm',
          block: 'attention',
          n_heads: 32,
          n_kv_heads: 8,
          position: { block: 'rotary' },
        },
        { name: 'ffn', before: 'rmsnorm', block: 'gated-ffn', d_ff: 14336 },
      ],
      output: [{ block: 'rmsnorm' }, { block: 'output-head', tied: false }],
    },
  ],
}

/** DeepSeek-V3 in a third of its layers: dense ones first. */
export const deepseek: Architecture = {
  name: 'DeepSeek-V3, shortened',
  d_model: 7168,
  max_context: 163840,
  stacks: [
    {
      role: 'decoder',
      n_layers: 20,
      input: [{ block: 'token-embedding', vocab_size: 129280 }],
      layer: [
        {
          name: 'mixer',
          before: 'rmsnorm',
          block: 'latent-attention',
          n_heads: 128,
          q_lora_rank: 1536,
          kv_lora_rank: 512,
          position: { block: 'rotary', d_head: 64, n_kv_heads: 1 },
        },
        {
          name: 'ffn',
          before: 'rmsnorm',
          block: 'moe',
          n_experts: 256,
          top_k: 8,
          d_ff_expert: 2048,
          d_ff_shared: 2048,
          except: [{ layers: { first: 3 }, block: 'gated-ffn', d_ff: 18432 }],
        },
      ],
      output: [{ block: 'rmsnorm' }, { block: 'output-head', tied: false }],
    },
  ],
}

/** Gemma 2 in small: windows in every other layer, sandwich norms, tied. */
export const gemma: Architecture = {
  name: 'Gemma 2, small',
  d_model: 256,
  max_context: 8192,
  stacks: [
    {
      role: 'decoder',
      n_layers: 6,
      input: [{ block: 'token-embedding', vocab_size: 1000 }],
      layer: [
        {
          name: 'mixer',
          before: 'rmsnorm',
          after: 'rmsnorm',
          block: 'attention',
          n_heads: 4,
          n_kv_heads: 2,
          d_head: 32,
          window: 4096,
          except: [{ layers: { every: 2, offset: 1 }, window: null }],
        },
        {
          name: 'ffn',
          before: 'rmsnorm',
          after: 'rmsnorm',
          block: 'gated-ffn',
          d_ff: 1024,
          activation: 'gelu',
        },
      ],
      output: [{ block: 'rmsnorm' }, { block: 'output-head', tied: true }],
    },
  ],
}

/** GPT-J in small: attention and FFN side by side under one norm. */
export const parallel: Architecture = {
  name: 'GPT-J, small',
  d_model: 256,
  max_context: 2048,
  stacks: [
    {
      role: 'decoder',
      n_layers: 4,
      input: [{ block: 'token-embedding', vocab_size: 1000 }],
      layer: [
        {
          name: 'block',
          before: 'layernorm',
          blocks: [
            { block: 'attention', name: 'attention', n_heads: 8 },
            { block: 'ffn', name: 'ffn', d_ff: 1024, ffn_bias: true },
          ],
        },
      ],
      output: [{ block: 'layernorm' }, { block: 'output-head', head_bias: true }],
    },
  ],
}
