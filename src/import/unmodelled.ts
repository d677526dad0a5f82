/** Families whose configs may look plain and are not: they are refused by name, never read as a plain transformer. */
import { ArchcostError } from '../architecture/errors.ts'

/** What a family has that nothing here counts -> the families that have it. */
const mechanisms: Readonly<Record<string, string>> = {
  'tokens that are patches of bytes, made by models of their own':
    'blt blt_global_transformer blt_local_encoder blt_local_decoder blt_patcher',
  'characters that are put together before most of its layers': 'canine',
  'learned rows in the place of tokens, of a width and a number of their own': 'perceiver',
  'low-rank hyper-connections and tables of n-grams':
    'qwen4_exp qwen4_exp_text longcat_flash_ngram',
  'attention and FFN side by side with kinds of positions': 'cohere_compass_text',
  'layers that look at proteins': 'evolla EvollaModel',
  'weights for images beside those for words in every layer': 'cogvlm internlmxcomposer2',
  'a second branch of layers, which speaks': 'kimi_audio',
  'several streams of tokens, or a smaller decoder for each':
    'moshi_depth csm csm_depth_decoder_model bark musicgen musicgen_decoder musicgen_melody musicgen_melody_decoder dia_decoder dia_encoder higgs_audio_v2',
  'speech that is made of what another model says':
    'qwen2_5_omni_talker qwen3_omni_moe_talker_text qwen3_omni_moe_talker_code_predictor clvp clvp_encoder clvp_decoder vits',
  'images that are drawn token by token': 'glm_image glm_image_text imagegpt',
  'tokens that are denoised in blocks': 'diffusion_gemma diffusion_gemma_text',
  'attention by hashes, with reversible layers': 'reformer',
  'a memory of segments and an adaptive softmax': 'transfo-xl',
  'a stream for each n-gram that is predicted': 'xlm-prophetnet',
  'heads or inputs of its own for layouts, entities, tables or spans':
    'layoutlmv2 layoutlmv3 lilt markuplm splinter visual_bert lxmert',
  'an encoder of sound':
    'wav2vec2 wav2vec2-bert wav2vec2-conformer hubert wavlm sew sew-d unispeech unispeech-sat data2vec-audio moonshine_streaming pe_audio voxtral_encoder voxtral_realtime_encoder qwen2_audio_encoder audioflamingo3_encoder audio-spectrogram-transformer',
  'an encoder of sound beside text': 'clap clap_text_model',
  'an encoder of images alone or beside text':
    'clip clip_text_model siglip siglip_text_model siglip2 siglip2_text_model vit dinov2 dinov2_with_registers dinov3_vit nougat vision-encoder-decoder aimv2 aimv2_text_model align altclip altclip_text_model beit bridgetower bridgetower_text_model chinese_clip clipseg clipseg_text_model data2vec-vision deepseek_ocr2_encoder deit flava flava_image_model flava_text_model groupvit groupvit_text_model metaclip_2 metaclip_2_text_model sam3_lite_text sam3_lite_text_text_model tipsv2 tipsv2_text_model videoprism videoprism_text_model xclip xclip_text_model',
  'boxes that are found in images':
    'grounding-dino mm-grounding-dino owlv2 owlv2_text_model owlvit owlvit_text_model',
  'one half of an encoder and a decoder':
    't5_gemma_module t5gemma2_encoder t5gemma2_decoder t5gemma2_text',
  'two models that are joined': 'encoder-decoder rag',
}

const reasons: ReadonlyMap<string, string> = new Map(
  Object.entries(mechanisms).flatMap(([reason, families]) =>
    families.split(' ').map((family) => [family, reason]),
  ),
)

export const unmodelledTypes = (): string[] => [...reasons.keys()]

/** Words in the name of a class or family -> what it has, whatever its keys look like. */
const byName: readonly (readonly [words: RegExp, mechanism: string])[] = [
  [/rwkv|mamba|hyena|retnet|lstm|deltanet/i, 'a recurrence in the place of attention'],
]

/** Classes of drafts for speculative decoding, by whichever family's type they go. */
const drafts =
  /Eagle\d?(Llama|Qwen|DeepSeek|MiniCPM|Mistral)|LMEagle\d?$|Draft|Medusa|Speculator|MTP(Model)?$/

/** @throws ArchcostError `unsupported` where a class is a draft, which reads states of the model that it helps */
export function refuseDraft(name: string): void {
  if (drafts.test(name))
    throw new ArchcostError(
      'unsupported',
      `names ${name.slice(0, 60)}, a draft that reads states of the model it helps, which is not modelled`,
      'architectures',
    )
}

/** @throws ArchcostError `unsupported` where the name of a family that nobody has read speaks of another mechanism */
export function refuseByName(model_type: string | null, class_name: string): void {
  for (const [key, name] of Object.entries({ model_type, architectures: class_name })) {
    const mechanism = byName.find(([words]) => words.test(name ?? ''))?.[1]
    if (mechanism !== undefined)
      throw new ArchcostError(
        'unsupported',
        `names ${name!.slice(0, 60)}, a family with ${mechanism} by its name, which is not modelled`,
        key,
      )
  }
}

/** @throws ArchcostError `unsupported` where the family is known not to be plain */
export function refuseUnmodelled(model_type: string | null, path: string): void {
  const reason = model_type === null ? undefined : reasons.get(model_type)
  if (reason === undefined) return
  throw new ArchcostError(
    'unsupported',
    `is ${model_type}, a family with ${reason}, which is not modelled; describe it as an architecture document instead`,
    `${path}model_type`,
  )
}
