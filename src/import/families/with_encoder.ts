/** Families with an encoder, alone or before a decoder, by `model_type`. */
import type { Family } from '../family.ts'
import { blenderbot, blenderbot_small, mvp, plbart } from './bart_kin.ts'
import {
  ernie,
  esm,
  megatron_bert,
  mpnet,
  rembert,
  roberta_prelayernorm,
  xlm_roberta_xl,
} from './bert_kin.ts'
import { deberta, deberta_v2 } from './deberta.ts'
import { led } from './led.ts'
import { eurobert, nomic_bert } from './rotary_encoders.ts'
import { nllb_moe, switch_transformers } from './sparse_seq2seq.ts'
import { t5gemma } from './t5gemma.ts'
import { bart, m2m_100, marian, mbart, pegasus } from './bart.ts'
import { albert, bert, distilbert, electra, longformer, roberta, xlm_roberta } from './bert.ts'
import { modernbert } from './modernbert.ts'
import { moonshine } from './moonshine.ts'
import { mt5, t5, umt5 } from './t5.ts'
import { whisper } from './whisper.ts'

export const withEncoder: Readonly<Record<string, Family>> = {
  albert,
  bart,
  bert,
  blenderbot,
  'blenderbot-small': blenderbot_small,
  'data2vec-text': roberta,
  deberta,
  'deberta-v2': deberta_v2,
  ernie,
  esm,
  eurobert,
  led,
  'megatron-bert': megatron_bert,
  mpnet,
  mvp,
  'nllb-moe': nllb_moe,
  nomic_bert,
  plbart,
  rembert,
  'roberta-prelayernorm': roberta_prelayernorm,
  switch_transformers,
  t5gemma,
  'xlm-roberta-xl': xlm_roberta_xl,
  distilbert,
  electra,
  longformer,
  m2m_100,
  marian,
  mbart,
  modernbert,
  moonshine,
  mt5,
  pegasus,
  roberta,
  t5,
  umt5,
  whisper,
  'xlm-roberta': xlm_roberta,
  camembert: xlm_roberta,
}
