/**
 * Which family a config is of, and which head is counted, where `architectures` names a class. The counts of heads.json
 * are parameters of small models as transformers 5.18 builds them on the meta device, tied ones once.
 */
import { describe, expect, test } from 'vitest'
import { evaluate, prepare } from '../../src/engine/index.ts'
import { ArchcostError } from '../../src/architecture/errors.ts'
import { importConfig } from '../../src/import/index.ts'
import measured from './heads.json' with { type: 'json' }

const total = (config: object): number =>
  evaluate(prepare(importConfig(config).architecture)).params.total
/** But for what a config of so few keys leaves out. */
const warnings = (config: object): string[] =>
  importConfig(config)
    .notes.map(({ level, text }) => (level === 'warning' ? text : ''))
    .filter((text) => text !== '' && !/ (is|are) missing/.test(text))
const typeOf = (config: object): string | undefined => importConfig(config).architecture.model_type

const shape = {
  hidden_size: 256,
  num_hidden_layers: 2,
  num_attention_heads: 4,
  intermediate_size: 512,
  vocab_size: 1000,
}

describe('the head of a class', () => {
  test.each(
    measured.map(({ config, params }) => [config.architectures[0]!, config, params] as const),
  )('is that of %s', (_, config, params) => {
    expect(total(config)).toBe(params)
  })

  test('is said where it is not the vocabulary’s', () => {
    const said = (name: string): string =>
      importConfig({ ...shape, model_type: 'llama', architectures: [name] }).notes[0]!.text
    expect(said('LlamaModel')).toMatch(/LlamaModel.*without a head/)
    expect(said('LlamaForSequenceClassification')).toMatch(/head for labels/)
    expect(said('LlamaForRewardModel')).toMatch(
      /head of the class LlamaForRewardModel is not modelled/,
    )
    expect(importConfig({ ...shape, model_type: 'llama' }).notes).toEqual([])
  })

  test('scores labels that the config names, each once', () => {
    const config = {
      ...shape,
      model_type: 'llama',
      architectures: ['LlamaForSequenceClassification'],
    }
    const bare = total({ ...config, architectures: ['LlamaModel'] })
    expect(total({ ...config, id2label: { 0: 'LABEL_0' } })).toBe(bare + 256)
    expect(total({ ...config, num_labels: 7 })).toBe(bare + 7 * 256)
  })

  test('of a larger model is the outer class’s', () => {
    const text_config = {
      ...shape,
      num_key_value_heads: 2,
      model_type: 'qwen2',
      architectures: ['Qwen2Model'],
    }
    const config = { model_type: 'llava', vision_config: {}, text_config }
    const whole = total({ ...config, architectures: ['LlavaForConditionalGeneration'] })
    expect(whole - total(config)).toBe(256 * 1000)
    // Nobody knows what this class is.
    expect(
      total({ ...config, model_type: 'internvl_chat', architectures: ['InternVLChatModel'] }),
    ).toBe(total(config))
  })

  test('stays the vocabulary’s where the code of a model puts it into its bare class', () => {
    const chatglm = {
      model_type: 'chatglm',
      architectures: ['ChatGLMModel'],
      padded_vocab_size: 65024,
    }
    expect(total(chatglm)).toBe(total({ ...chatglm, architectures: undefined }))
  })
})

describe('the family', () => {
  // Published as a model of 270B.
  test('of Grok-2, whose file says git, is Grok: a dense FFN beside the experts', () => {
    const grok2 = {
      model_type: 'git',
      architectures: ['Grok1ForCausalLM'],
      hidden_size: 8192,
      intermediate_size: 32768,
      moe_intermediate_size: 16384,
      num_local_experts: 8,
      num_experts_per_tok: 2,
      residual_moe: true,
      num_attention_heads: 64,
      num_key_value_heads: 8,
      num_hidden_layers: 64,
      head_dim: 128,
      vocab_size: 131072,
      global_attn_every_n: 1,
      sliding_window_size: -1,
    }
    expect(total(grok2) / 1e9).toBeCloseTo(270, -1)
    expect(warnings(grok2)[0]).toMatch(/says git.*Grok1ForCausalLM.*class decides/)
  })

  test.each([
    ['deepseek_ref', 'DeepseekV4ForCausalLM', 'deepseek_v4'],
    [undefined, 'MiniCPM3ForCausalLM', 'minicpm3'],
    [null, 'Gemma3ForCausalLM', 'gemma3_text'],
    ['llama', 'MistralForCausalLM', 'mistral'],
    ['bailing_moe', 'BailingMoeV2ForCausalLM', 'bailing_moe_v2'],
    ['minimax', 'MiniMaxM2ForCausalLM', 'minimax_m2'],
    ['git', 'LlamaForCausalLM', 'llama'],
    ['my_own', 'HunYuanDenseV1ForCausalLM', 'hunyuan_v1_dense'],
  ])('of model_type %s and class %s is %s, with a warning', (model_type, name, expected) => {
    const config = { model_type, architectures: [name] }
    expect(typeOf(config)).toBe(expected)
    expect(warnings(config)[0]).toMatch(/class decides/)
  })

  test.each([
    ['kimi_k2', 'DeepseekV3ForCausalLM'],
    ['gemma3_text', 'Gemma3ForCausalLM'],
    ['qwen2_vl_text', 'Qwen2ForCausalLM'],
    ['phimoe', 'PhiMoEForCausalLM'],
    ['gpt_bigcode', 'GPTBigCodeForCausalLM'],
    ['RefinedWebModel', 'RWForCausalLM'],
    ['xlm-roberta', 'XLMRobertaModel'],
    ['data2vec-text', 'Data2VecTextForMaskedLM'],
    ['hunyuan_v1_dense', 'HunYuanDenseV1ForCausalLM'],
    ['qwen', 'QWenLMHeadModel'],
  ])('of %s is built by %s, so nothing is warned of', (model_type, name) => {
    const config = { model_type, architectures: [name] }
    expect(typeOf(config)).toBe(model_type)
    expect(warnings(config)).toEqual([])
  })

  test('is read as model_type says, with a warning, where nobody knows the class', () => {
    const config = { ...shape, model_type: 'llama', architectures: ['CustomForCausalLM'] }
    expect(typeOf(config)).toBe('llama')
    expect(warnings(config)).toEqual([expect.stringMatching(/CustomForCausalLM is not known/)])
  })

  test.each([
    ['llama', 'CustomForCausalLM'],
    ['my_own', 'LlamaForCausalLM'],
  ])(
    'of %s and %s, which do not agree, is not read past a mechanism that it does not have',
    (model_type, name) => {
      const config = { ...shape, model_type, architectures: [name], ssm_state_size: 16 }
      expect(() => importConfig(config)).toThrow(ArchcostError)
      expect(() => importConfig(config)).toThrow(/ssm_state_size/)
    },
  )

  test.each([[['']], [[]], [5], [null], [{}], ['LlamaForCausalLM']])(
    'survives architectures %j',
    (architectures) => {
      expect(typeOf({ ...shape, model_type: 'llama', architectures })).toBe('llama')
    },
  )
})
