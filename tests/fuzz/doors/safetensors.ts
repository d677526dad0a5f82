/** The header of a safetensors file, with a config.json beside it or without: its tensors counted, or what is wrong with it. */
import * as fc from 'fast-check'
import { evaluate, prepare } from '../../../src/engine/index.ts'
import { importCheckpoint, readSafetensors } from '../../../src/import/checkpoint.ts'
import { readJsonModel } from '../../../src/import/read-json.ts'
import { deepseek, deepseekShapes, llama, llamaShapes, tensors } from '../../import/verify/checkpoints.ts' // prettier-ignore
import type { Shapes } from '../../import/verify/checkpoints.ts'
import { door } from '../door.ts'
import { changed, changes, printed, type Json } from '../json-changes.ts'
import { mustBeClear, mustBeCost, mustBeJson, mustHelp } from '../sound.ts'

const types = ['BF16', 'F32', 'F8_E4M3', 'I32', 'U8', 'F4', 'nothing known']

const headerOf = (shapes: Shapes): Json => ({
  __metadata__: { format: 'pt' },
  ...Object.fromEntries(
    tensors(shapes).map(({ name, dtype, shape, bytes }): [string, Json] => [
      name,
      { dtype, shape: [...shape], data_offsets: [0, bytes] },
    ]),
  ),
})

/** Names as other families have them. */
const others: Shapes = {
  'backbone.layers.0.mixer.in_proj.weight': [290, 64],
  'backbone.layers.0.mixer.conv1d.weight': [160, 1, 4],
  'backbone.layers.0.mixer.A_log': [128, 16],
  'backbone.layers.0.mixer.out_proj.weight': [64, 128],
  'model.layers.1.self_attn.qkv_proj.qweight': [8, 128],
  'model.layers.1.self_attn.qkv_proj.scales': [1, 128],
  'model.layers.1.self_attn.indexer.wk.weight': [16, 64],
  'encoder.block.0.layer.0.SelfAttention.relative_attention_bias.weight': [32, 4],
  'decoder.block.0.layer.1.EncDecAttention.k.weight': [64, 64],
  'vision_tower.layers.0.self_attn.q_proj.weight': [64, 64],
}
const headers = [llamaShapes(), deepseekShapes(), { ...llamaShapes(), ...others }].map(headerOf)
const configs = [llama.config, deepseek.config, { ...llama.config, model_type: 'unheard', layer_groups: 2 }, null] as readonly Json[] // prettier-ignore
const keys = headers.flatMap((header) => Object.keys(header as object))

export const safetensors = door({
  name: 'safetensors',
  inputs: 10_000,
  input: fc.record({
    header: fc.tuple(fc.constantFrom(...headers), changes([...keys, 'dtype', 'shape'], types)),
    config: fc.tuple(fc.constantFrom(...configs), changes(['num_hidden_layers', 'head_dim', 'layer_types', 'sliding_window'], ['sliding_attention'])), // prettier-ignore
    share: fc.oneof({ weight: 6, arbitrary: fc.constant(1) }, fc.double({ min: 0, max: 1, noNaN: true })), // prettier-ignore
  }),
  async check({ header: [header, steps], config: [config, more], share }) {
    const json = changed(header, steps)
    const bytes = bytesOf(json, share)
    const read = (from: number, to: number): Promise<Uint8Array> => Promise.resolve(bytes.subarray(from, to)) // prettier-ignore
    const brought = [
      async () => importCheckpoint(await readSafetensors(read, 1e12, 'model.safetensors'), changed(config, more), 'model'), // prettier-ignore
      () => {
        const found = readJsonModel(json, null)
        return found.kind === 'imported' ? found.imported : { architecture: found.document, report: {}, notes: [] } // prettier-ignore
      },
    ]
    for (const bring of brought)
      try {
        const { architecture, report, notes } = await bring()
        mustBeCost(evaluate(prepare(architecture)))
        mustBeJson({ report, notes })
        for (const { text } of notes) mustHelp(text)
      } catch (error) {
        mustBeClear(error)
      }
  },
  show: ({ header: [header, steps], config: [config, more] }) =>
    `${printed(changed(header, steps))}\n${printed(changed(config, more))}`,
})

function bytesOf(json: Json, share: number): Buffer {
  const text = Buffer.from(textOf(json))
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(text.length))
  const all = Buffer.concat([length, text])
  return all.subarray(0, Math.ceil(all.length * share))
}

/** What is nested too deeply to be written comes in as JSON alone. */
function textOf(json: Json): string {
  try {
    return JSON.stringify(json) ?? 'null'
  } catch {
    return 'null'
  }
}
