/** A small language model, and one that sees: a vision tower and a projector before it. */

export const language = {
  name: 'small',
  d_model: 64,
  max_context: 4096,
  stacks: [
    {
      role: 'decoder',
      n_layers: 2,
      input: [{ block: 'token-embedding', vocab_size: 100 }],
      layer: [
        { name: 'mixer', before: 'rmsnorm', block: 'attention', n_heads: 4 },
        { name: 'ffn', before: 'rmsnorm', block: 'ffn' },
      ],
      output: [{ block: 'output-head' }],
    },
  ],
}
export const vision = {
  role: 'vision',
  feeds: 'projector',
  d_model: 32,
  n_layers: 3,
  input: [
    { block: 'fixed-size-image', image_size: 80, patch: 8 },
    { block: 'patch-embedding', patch: 8 },
    { block: 'prefix-tokens' },
  ],
  layer: [
    { name: 'mixer', before: 'layernorm', block: 'attention', n_heads: 2 },
    { name: 'ffn', before: 'layernorm', block: 'ffn' },
  ],
  output: [],
}
export const projector = {
  role: 'projector',
  feeds: 'decoder',
  n_layers: 0,
  input: [{ block: 'drop-prefix' }, { block: 'mlp-projector', d_in: 32 }],
  layer: [],
  output: [],
}
export const document = { ...language, towers: [projector, vision] }
