/** Families whose configs may look plain and are not: they are refused by name, never read as a plain transformer. */
import { ArchcostError } from '../architecture/errors.ts'

/** What a family has that nothing here counts -> the families that have it. */
const mechanisms: Readonly<Record<string, string>> = {
  'tokens that are patches of bytes, made by models of their own':
    'blt blt_global_transformer blt_local_encoder blt_local_decoder blt_patcher canine perceiver',
  'low-rank hyper-connections and tables of n-grams':
    'qwen4_exp qwen4_exp_text longcat_flash_ngram',
  'attention and FFN side by side with kinds of positions': 'cohere_compass_text',
  'layers that look at proteins': 'evolla',
  'weights for images beside those for words in every layer': 'cogvlm internlmxcomposer2',
  'a second branch of layers, which speaks': 'kimi_audio',
  'several streams of tokens, or a smaller decoder for each':
    'moshi_depth csm csm_depth_decoder_model bark musicgen musicgen_decoder musicgen_melody musicgen_melody_decoder dia_decoder higgs_audio_v2',
  'attention by hashes, with reversible layers': 'reformer',
  'a memory of segments and an adaptive softmax': 'transfo-xl',
  'a stream for each n-gram that is predicted': 'xlm-prophetnet',
  'heads or inputs of its own for layouts, entities, tables or spans':
    'layoutlmv2 layoutlmv3 lilt markuplm splinter visual_bert lxmert',
  'an encoder of sound': 'wav2vec2 hubert wavlm moonshine_streaming',
  'an encoder of images alone or beside text':
    'clip clip_text_model siglip siglip_text_model siglip2 siglip2_text_model vit dinov2 dinov3_vit nougat vision-encoder-decoder',
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
