/** The formats that a model is published in, from its `quantization_config`. */
import { bytesInFormat, sixteenBit, type Formats } from '../../architecture/formats.ts'
import type { Model } from '../../architecture/model.ts'
import { addModel, noSums } from '../../architecture/stored.ts'
import { readParams } from '../../formulas/index.ts'
import type { ImportLog } from '../log.ts'
import { isObject, show } from '../values.ts'
import { readMethod, type Method, type Scheme } from './method.ts'
import { readModules, type Modules, type Share } from './modules.ts'

/** Keys that change no byte of the weights. */
const costless = `
  activation_scheme fmt version desc_act damp_percent damp_auto_increment sym true_sequential static_groups
  model_name_or_path model_file_base_name pack_dtype checkpoint_format meta quantizer dataset tokenizer
  block_name_to_quantize module_name_preceding_first_block cache_block_outputs use_cuda_fp16 use_exllama
  exllama_config max_input_length batch_size disable_exllama backend do_fuse fuse_max_seq_len modules_to_fuse
  zero_point format quantization_status global_compression_ratio activation_scale_ub llm_int8_enable_fp32_cpu_offload
  llm_int8_has_fp16_weight llm_int8_threshold bnb_4bit_compute_dtype bnb_4bit_quant_storage scale_fmt producer
  dequantize data_type iters autoround_version low_gpu_mem_usage nsamples seqlen lr enable_quanted_input
  batch_size gradient_accumulate_steps enable_minmax_tuning enable_norm_bias_tuning packing_format act_bits
  rank_ratio bnb_4bit_use_double_quant bnb_4bit_quant_type load_in_4bit load_in_8bit _load_in_4bit _load_in_8bit
  provider config_groups transform_config sparsity_config quant_method
`
  .trim()
  .split(/\s+/)
const ofCache = ['kv_cache_scheme', 'kv_cache_quant_algo', 'kv_cache_dtype']

/**
 * @param said the `quantization_config`, at its path
 * @returns null where it says nothing that is understood; then a note tells
 */
export function publishedFormats(
  said: unknown,
  path: string,
  model: Model,
  log: ImportLog,
): Formats | null {
  if (!isObject(said)) return null
  const take = (key: string): unknown => {
    const value = Object.hasOwn(said, key) ? (said[key] ?? null) : null
    log.write(`${path}.${key}`, { kind: value === null ? 'defaulted' : 'read', value })
    return value ?? undefined
  }
  const method = readMethod(take)
  for (const key of costless)
    if (Object.hasOwn(said, key)) log.write(`${path}.${key}`, { kind: 'ignored' })
  for (const key of ofCache)
    if (Object.hasOwn(said, key) && said[key] !== null)
      log.write(`${path}.${key}`, {
        kind: 'left_out',
        why: 'the cache is counted in the format that is asked for',
      })
  if (method === null) {
    log.note(
      'warning',
      `${path} is not understood (${show(said['quant_method'] ?? 'no method')}); the weights are counted in bf16, and may be smaller.`,
    )
    return null
  }
  return formatsOf(method, model, log)
}

function formatsOf(method: Method, model: Model, log: ImportLog): Formats {
  const left = method.left.map(readModules)
  const unknown = left.filter(({ is_known }) => !is_known).map(({ text }) => text.slice(0, 60))
  if (unknown.length > 0)
    log.note(
      'warning',
      `Modules that stay unquantised and whose place is not known are counted as quantised: ${unknown.slice(0, 6).join(', ')}${unknown.length > 6 ? ', ...' : ''}.`,
    )
  const schemes = method.schemes.map((scheme) => ({
    ...scheme,
    modules: scheme.targets && scheme.targets.map(readModules),
  }))
  const formats: Record<string, string | number> = {}
  const held = paramsByLayer(model)
  for (const role of method.roles) {
    if (role === 'head') formats[role] = method.schemes[0]!.format
    const layers = held.get(role)
    if (layers) Object.assign(formats, ofRole(role, layers, schemes, left, log))
  }
  return { ...formats, ...sixteenBit }
}

type Targeted = Scheme & { modules: readonly Modules[] | null }

/** A role's format; where layers differ, the bytes of a weight on average. */
function ofRole(
  role: string,
  layers: ReadonlyMap<number, number>,
  schemes: readonly Targeted[],
  left: readonly Modules[],
  log: ImportLog,
): Record<string, string | number> {
  const chosen = [...layers].map(([layer, params]) => {
    const stays = largest(left.map(({ shareOf }) => shareOf(role, layer)))
    const scheme = schemes.find(
      ({ modules }) =>
        modules === null || modules.some(({ shareOf }) => shareOf(role, layer) !== 'none'),
    )
    const format = stays === 'all' || !scheme ? (sixteenBit['default'] as string) : scheme.format
    return { params, format, is_part: stays === 'part' }
  })
  const word = role.replaceAll('_', ' ')
  const parts = chosen.filter(({ is_part }) => is_part).length
  if (parts > 0)
    log.note(
      'info',
      `In ${parts} of ${chosen.length} layers a part of ${word} stays unquantised in the file, and is counted as quantised.`,
    )
  const names = [...new Set(chosen.map(({ format }) => format))]
  if (names.length === 1) return names[0] === sixteenBit['default'] ? {} : { [role]: names[0]! }
  const counted = names.map(
    (name) => `${name} in ${chosen.filter(({ format }) => format === name).length}`,
  )
  log.note(
    'info',
    `Layers differ in the format of ${word} (${counted.join(', ')} layers); all are counted at the bytes of a weight on average.`,
  )
  const all = chosen.reduce((sum, { params }) => sum + params, 0)
  const bytes = chosen.reduce((sum, { params, format }) => sum + params * bytesInFormat(format)!, 0)
  return { [role]: bytes / all }
}

const largest = (shares: readonly Share[]): Share =>
  shares.includes('all') ? 'all' : shares.includes('part') ? 'part' : 'none'

/** Parameters of each role by layer, where there are any; layers of a second stack follow those of the first. */
function paramsByLayer({ stacks }: Model): Map<string, Map<number, number>> {
  const found = new Map<string, Map<number, number>>()
  let start = 0
  for (const { groups, n_layers } of stacks) {
    for (const { blocks, layers } of groups) {
      const sums = noSums()
      addModel(blocks, 1, sums)
      for (const [role, params] of Object.entries(readParams(sums)))
        if (params > 0)
          for (const layer of layers)
            found.set(
              role,
              (found.get(role) ?? new Map<number, number>()).set(start + layer, params),
            )
    }
    start += n_layers
  }
  return found
}
