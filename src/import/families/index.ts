/** All families by `model_type`. A new one is a line here and a few in a file beside. */
import type { Family } from '../family.ts'
import { bloom } from './bloom.ts'
import { cohere, cohere2 } from './cohere.ts'
import { deepseek_v2, deepseek_v3, glm4_moe_lite, minicpm3 } from './deepseek.ts'
import { ernie4_5_moe } from './ernie4_5_moe.ts'
import { falcon } from './falcon.ts'
import { gemma, gemma2, gemma3_text, vaultgemma } from './gemma.ts'
import { glm, glm4, glm4_moe } from './glm.ts'
import { gpt2, gpt_bigcode } from './gpt2.ts'
import { gpt_neo } from './gpt_neo.ts'
import { gpt_neox } from './gpt_neox.ts'
import { gpt_oss } from './gpt_oss.ts'
import { gptj } from './gptj.ts'
import { granitemoe } from './granitemoe.ts'
import { baichuan, exaone, internlm, internlm2, internlm3, minicpm } from './internlm.ts'
import {
  apertus,
  arcee,
  bitnet,
  ernie4_5,
  granite,
  helium,
  hunyuan_v1_dense,
  llama,
  mimo,
  seed_oss,
  yi,
} from './llama.ts'
import { llama4_text } from './llama4.ts'
import { mimo_v2_flash } from './mimo_v2.ts'
import { ministral, ministral3, mistral, mixtral } from './mistral.ts'
import { dbrx, dots1, hunyuan_v1_moe, minimax_m2 } from './mixtures.ts'
import { mpt } from './mpt.ts'
import { nemotron } from './nemotron.ts'
import { flex_olmo, olmo, olmo2, olmo3, olmoe } from './olmo.ts'
import { biogpt, opt, xglm } from './opt.ts'
import { phi, phi3, phimoe } from './phi.ts'
import { qwen2, qwen2_moe, qwen3, qwen3_moe } from './qwen.ts'
import { exaone4, smollm3 } from './smollm3.ts'
import { persimmon, stablelm } from './stablelm.ts'
import { starcoder2 } from './starcoder2.ts'

const families: ReadonlyMap<string, Family> = new Map(
  Object.entries({
    apertus,
    arcee,
    baichuan,
    biogpt,
    bitnet,
    bloom,
    codegen: gptj,
    cohere,
    cohere2,
    dbrx,
    deepseek_v2,
    deepseek_v3,
    dots1,
    ernie4_5,
    ernie4_5_moe,
    exaone,
    exaone4,
    falcon,
    flex_olmo,
    gemma,
    gemma2,
    gemma3_text,
    glm,
    glm4,
    glm4_moe,
    glm4_moe_lite,
    gpt2,
    gpt_bigcode,
    gpt_neo,
    gpt_neox,
    gpt_oss,
    gptj,
    granite,
    granitemoe,
    granitemoeshared: granitemoe,
    helium,
    hunyuan_v1_dense,
    hunyuan_v1_moe,
    internlm,
    internlm2,
    internlm3,
    kimi_k2: deepseek_v3,
    llama,
    llama4_text,
    mimo,
    mimo_v2_flash,
    minicpm,
    minicpm3,
    minimax_m2,
    ministral,
    ministral3,
    mistral,
    mixtral,
    mpt,
    nemotron,
    olmo,
    olmo2,
    olmo3,
    olmoe,
    opt,
    persimmon,
    phi,
    phi3,
    phimoe,
    qwen2,
    qwen2_moe,
    qwen3,
    qwen3_moe,
    seed_oss,
    smollm3,
    stablelm,
    starcoder2,
    vaultgemma,
    xglm,
    yi,
    // The same under another name.
    Yi: yi,
    aquila: llama,
    code_llama: llama,
    RefinedWeb: falcon,
    RefinedWebModel: falcon,
    stablelm_epoch: stablelm,
    hunyuan: hunyuan_v1_moe,
    MiMoV2Flash: mimo_v2_flash,
    // Language models inside multimodal ones.
    qwen2_vl: qwen2,
    qwen2_vl_text: qwen2,
    qwen2_5_vl: qwen2,
    qwen2_5_vl_text: qwen2,
    qwen3_vl_text: qwen3,
    qwen3_vl_moe_text: qwen3_moe,
    glm4v_text: glm4,
    glm4v_moe_text: glm4_moe,
  }),
)

export const familyOf = (model_type: string): Family | undefined => families.get(model_type)

export const modelTypes = (): string[] => [...families.keys()]
