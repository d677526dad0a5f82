/** `archcost transform`: a model with something about it changed, as an architecture document. */
import { transform } from '../../engine/transform/index.ts'
import type { Command } from '../command.ts'
import { findModel, modelWords } from '../model-source.ts'
import { print } from '../output.ts'
import { readStep, transformWords } from '../transform-steps.ts'

export const command: Command = {
  operands: 'MODEL TRANSFORM…',
  takes: { min: 2, max: Infinity },
  about: [
    'Prints the architecture document of a changed model, to be given to any command as a MODEL. Several TRANSFORMs are',
    'applied one after the other. Each is a name, and after a colon its options: window:size=4096,global_every=6',
    '',
    transformWords(),
    '',
    modelWords,
  ].join('\n'),
  options: { name: { value: 'NAME', about: 'what to call the result' } },
  examples: [
    {
      run: 'archcost transform mistral-7b-v0.3 depth-up-scaling:m=8 | archcost cost -',
      about: 'what 48 layers of its 32 cost',
    },
    {
      run: 'archcost transform mistral-7b-v0.3 upcycling:n_experts=8,split=4,shared=1 > moe.json',
      about: 'fine-grained experts',
    },
    {
      run: 'archcost transform qwen3-0.6b widen:width=2,d_ff=2,heads=1 | archcost cost -',
      about: 'the shape of Qwen3 1.7B',
    },
    {
      run: 'archcost transform deepseek-v3 attention:to=gqa,n_kv_heads=8 set:ffn.top_k=6 > gqa.json',
      about: 'two changes at once',
    },
  ],
  async run([word, ...words], { name }) {
    const steps = words.map(readStep)
    const { architecture } = await findModel(word!)
    const changed = transform(architecture, steps)
    const named = name === undefined ? changed : { ...changed, name }
    await print(`${JSON.stringify(named, null, 2)}\n`)
    return 0
  },
}
