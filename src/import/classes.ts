/** Names of model classes, as `architectures` lists them -> the family that a class builds, and its head. */
import { familyOf, modelTypes } from './families/index.ts'
import { textTypes } from './text-types.ts'
import { unmodelledTypes } from './unmodelled.ts'

/** What a class puts on the layers. */
export type HeadKind =
  /** Scores of the vocabulary: of the next token, or of masked ones. */
  | 'language'
  | 'none'
  /** None, and of an encoder with a decoder the encoder alone. */
  | 'encoder'
  | 'sequence'
  | 'tokens'
  | 'answer'
  | 'choice'
  | 'next-sentence'
  | 'pretraining'
  /** One that is not known here. */
  | 'other'

export interface ModelClass {
  name: string
  /** The family's name for it, squashed: deepseekv3 for DeepseekV3ForCausalLM. */
  stem: string
  head: HeadKind
}

const heads: readonly (readonly [RegExp, HeadKind])[] = [
  [
    /^(For(CausalLM|MaskedLM|ConditionalGeneration|ImageTextToText|VisionText2Text|Vision2Seq|SpeechSeq2Seq|SpeechToText|TextToText)|(With)?LMHeadModel|LMModel|DoubleHeadsModel|MTModel|Decoder|_Reasoning_V\d+)$/,
    'language',
  ],
  [/^(TextModel|Model)$/, 'none'],
  [/^EncoderModel$/, 'encoder'],
  [/^ForSequenceClassification$/, 'sequence'],
  [/^ForTokenClassification$/, 'tokens'],
  [/^ForQuestionAnswering$/, 'answer'],
  [/^ForMultipleChoice$/, 'choice'],
  [/^ForNextSentencePrediction$/, 'next-sentence'],
  [/^ForPreTraining$/, 'pretraining'],
]

/** Where a family's name ends: the first ending that leaves a name before it. */
const ending =
  /(?:(?:With)?LMHeadModel|DoubleHeadsModel|(?<=BertGeneration)Decoder|EncoderModel|(?:MT|LM|Text)?Model|For[A-Z]\w*|_Reasoning_V\d+)$/

/** A class by its name, such as `LlamaForCausalLM`; a name that ends in no head is one that is not known. */
export function modelClass(name: string): ModelClass {
  const end = ending.exec(name)
  const cut = end === null || end.index === 0 ? name.length : end.index
  const suffix = name.slice(cut)
  const head = heads.find(([pattern]) => pattern.test(suffix))?.[1] ?? 'other'
  return { name, stem: squashed(name.slice(0, cut)), head }
}

/** As classes and families agree on a name: without case, signs, and the word for the text part of a larger model. */
const squashed = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
const stemOf = (model_type: string): string => squashed(model_type.replace(/_text(_model)?$/, ''))

/** Classes whose names do not follow from their family's. */
const otherwise: Readonly<Record<string, string>> = {
  ariatext: 'aria_text',
  bailingmoelinearv2: 'bailing_moe_linear',
  bailingmoev25: 'bailing_hybrid',
  // Of ChatGLMModel, which seems to end in LMModel.
  chatg: 'chatglm',
  decilm: 'deci',
  exaone45: 'exaone4_5',
  funnelbase: 'funnel',
  hrmtext: 'hrm_text',
  hunyuan: 'hunyuan',
  hunyuandensev1: 'hunyuan_v1_dense',
  hunyuanmoev1: 'hunyuan_v1_moe',
  inkling: 'inkling_text',
  kyutaispeechtotext: 'kyutai_speech_to_text',
  lladamodellm: 'llada',
  lladamoemodellm: 'llada',
  minimaxm3sparse: 'minimax_m3',
  mpt: 'mpt',
  rw: 'RefinedWeb',
  speech2text: 'speech_to_text',
  step3text: 'step3_text',
}

function collect(): ReadonlyMap<string, readonly string[]> {
  const types = new Map<string, string[]>()
  // Families that are read go before those that are refused.
  for (const model_type of [...modelTypes(), ...Object.keys(textTypes), ...unmodelledTypes()]) {
    const stem = stemOf(model_type)
    types.set(stem, [...(types.get(stem) ?? []), model_type])
  }
  for (const [stem, model_type] of Object.entries(otherwise))
    types.set(stem, [model_type, ...(types.get(stem) ?? [])])
  return types
}

const types = collect()

/** The `model_type` of the family that a class builds, or null. */
export const typeOfClass = ({ stem }: ModelClass): string | null => types.get(stem)?.[0] ?? null

export const isKnownType = (model_type: string): boolean => types.has(stemOf(model_type))

/** Whether a class builds the family that `model_type` names, under whichever of its names. */
export function buildsType(found: ModelClass, model_type: string): boolean {
  const own = types.get(found.stem) ?? []
  const family = familyOf(model_type)
  return (
    found.stem === stemOf(model_type) ||
    own.includes(model_type) ||
    (family !== undefined && own.some((each) => familyOf(each) === (family.sized ?? family)))
  )
}
