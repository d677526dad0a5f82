/** The blocks of the model that the page opens with. All others are loaded a moment later. */
import { gatedFfn } from '../../formulas/generated/blocks/gated-ffn.ts'
import { attention } from '../../formulas/generated/blocks/attention.ts'
import { outputHead } from '../../formulas/generated/blocks/output-head.ts'
import { rmsnorm } from '../../formulas/generated/blocks/rmsnorm.ts'
import { rotary } from '../../formulas/generated/blocks/rotary.ts'
import { tokenEmbedding } from '../../formulas/generated/blocks/token-embedding.ts'
import { know } from '../../formulas/registry.ts'

const all = [tokenEmbedding, attention, rotary, gatedFfn, rmsnorm, outputHead]

know(Object.fromEntries(all.map((block) => [block.name, block])))
