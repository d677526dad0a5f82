/** All families by `model_type`. A new one is a line here and a few in a file beside. */
import type { Family } from '../family.ts'
import { afmoe } from './afmoe.ts'
import { bailing_hybrid, bailing_moe, bailing_moe_v2 } from './bailing.ts'
import { cohere2_moe } from './cohere2_moe.ts'
import { axk1, mistral4, youtu } from './deepseek_kin.ts'
import { exaone_moe } from './exaone_moe.ts'
import { gemma4_unified_text } from './gemma4_unified.ts'
import { ctrl, gpt_neox_japanese, openai_gpt } from './gpt1.ts'
import { granite_swa, granitemoe_swa } from './granite_swa.ts'
import { hy_v3 } from './hy_v3.ts'
import { inkling_text } from './inkling.ts'
import { laguna, mellum } from './laguna.ts'
import { aria_text, cwm, hyperclovax, jais2, nanochat } from './llama_kin.ts'
import { longcat_flash } from './longcat_flash.ts'
import { minimax_m3 } from './minimax_m3.ts'
import { modernbert_decoder } from './modernbert_decoder.ts'
import { olmo_hybrid } from './olmo_hybrid.ts'
import { solar_open } from './solar_open.ts'
import { step3p5 } from './step3p5.ts'
import { bloom } from './bloom.ts'
import { cohere, cohere2 } from './cohere.ts'
import { deepseek_v2, deepseek_v3, glm4_moe_lite, minicpm3 } from './deepseek.ts'
import { deepseek_v32, glm_moe_dsa } from './deepseek_v32.ts'
import { deepseek_v4 } from './deepseek_v4.ts'
import { ernie4_5_moe } from './ernie4_5_moe.ts'
import { falcon } from './falcon.ts'
import { chatglm, qwen } from './first_chat.ts'
import { gemma, gemma2, gemma3_text, vaultgemma } from './gemma.ts'
import { gemma3n_text } from './gemma3n.ts'
import { gemma4_text } from './gemma4.ts'
import { glm, glm4, glm4_moe, glm4v_moe_text, glm4v_text, glm_ocr_text } from './glm.ts'
import { gpt2, gpt_bigcode } from './gpt2.ts'
import { gpt_neo } from './gpt_neo.ts'
import { gpt_neox } from './gpt_neox.ts'
import { gpt_oss } from './gpt_oss.ts'
import { gptj } from './gptj.ts'
import { granitemoe } from './granitemoe.ts'
import { grok } from './grok.ts'
import { bamba, falcon_h1, granitemoehybrid, jamba } from './hybrids.ts'
import { baichuan, exaone, internlm, internlm2, internlm3, minicpm } from './internlm.ts'
import { kimi_linear } from './kimi_linear.ts'
import { lfm2, lfm2_moe } from './lfm2.ts'
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
import { jetmoe } from './jetmoe.ts'
import { llama4_text } from './llama4.ts'
import { mamba, mamba2 } from './mamba.ts'
import { mimo_v2_flash } from './mimo_v2.ts'
import { minimax, minimax_text_01 } from './minimax.ts'
import { ministral, ministral3, mistral, mixtral } from './mistral.ts'
import { dbrx, dots1, hunyuan_v1_moe, minimax_m2 } from './mixtures.ts'
import { mpt } from './mpt.ts'
import { nemotron } from './nemotron.ts'
import { nemotron_h } from './nemotron_h.ts'
import { flex_olmo, olmo, olmo2, olmo3, olmoe } from './olmo.ts'
import { biogpt, opt, xglm } from './opt.ts'
import { phi, phi3, phimoe } from './phi.ts'
import { qwen2, qwen2_moe, qwen3, qwen3_moe } from './qwen.ts'
import { qwen3_5_moe_text, qwen3_5_text, qwen3_next } from './qwen3_next.ts'
import { recurrent_gemma } from './recurrent_gemma.ts'
import { rwkv, rwkv5, rwkv6, rwkv7 } from './rwkv.ts'
import { exaone4, smollm3 } from './smollm3.ts'
import { persimmon, stablelm } from './stablelm.ts'
import { starcoder2 } from './starcoder2.ts'
import { withEncoder } from './with_encoder.ts'
import { zamba, zamba2 } from './zamba.ts'

const families: ReadonlyMap<string, Family> = new Map(
  Object.entries({
    ...withEncoder,
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
    gemma4_text,
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
    jetmoe,
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
    chatglm,
    qwen,
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
    afmoe,
    aria_text,
    axk1,
    bailing_hybrid,
    bailing_moe,
    bailing_moe_linear: bailing_hybrid,
    bailing_moe_v2,
    cohere2_moe,
    ctrl,
    cwm,
    exaone_moe,
    gemma4_unified_text,
    gpt_neox_japanese,
    granite_swa,
    granitemoe_swa,
    grok,
    'grok-1': grok,
    hy_v3,
    hyperclovax,
    jais2,
    laguna,
    longcat_flash,
    mellum,
    mistral4,
    'modernbert-decoder': modernbert_decoder,
    nanochat,
    'openai-gpt': openai_gpt,
    solar_open,
    step3p5,
    youtu,
    // State spaces, linear attention, and what mixes them with attention.
    bamba,
    deepseek_v32,
    deepseek_v4,
    falcon_h1,
    falcon_mamba: mamba,
    gemma3n_text,
    glm_moe_dsa,
    granitemoehybrid,
    jamba,
    kimi_linear,
    lfm2,
    lfm2_moe,
    mamba,
    mamba2,
    minimax,
    minimax_m1: minimax_text_01,
    minimax_text_01,
    minimax_m3,
    inkling_text,
    olmo_hybrid,
    MiniMaxM1: minimax_text_01,
    MiniMaxText01: minimax_text_01,
    nemotron_h,
    qwen3_5_moe_text,
    qwen3_5_text,
    qwen3_next,
    recurrent_gemma,
    rwkv,
    rwkv5,
    rwkv6,
    rwkv7,
    zamba,
    zamba2,
    // The same under another name.
    Yi: yi,
    aquila: llama,
    code_llama: llama,
    RefinedWeb: falcon,
    RefinedWebModel: falcon,
    stablelm_epoch: stablelm,
    HyperCLOVAX: hyperclovax,
    hunyuan: hunyuan_v1_moe,
    'gpt-sw3': gpt2,
    MiMoV2Flash: mimo_v2_flash,
    // Language models inside multimodal ones.
    qwen2_vl: qwen2,
    qwen2_vl_text: qwen2,
    qwen2_5_vl: qwen2,
    qwen2_5_vl_text: qwen2,
    qwen2_5_omni_text: qwen2,
    qwen3_vl_text: qwen3,
    qwen3_vl_moe_text: qwen3_moe,
    qwen3_omni_moe_text: qwen3_moe,
    glm4v_text,
    glm4v_moe_text,
    emu3_text_model: llama,
    glm_ocr_text,
    paddleocr_vl: ernie4_5,
    paddleocr_vl_text: ernie4_5,
    minimax_m3_vl_text: minimax_m3,
    phi4_multimodal: phi3,
    phi4mm: phi3,
  }),
)

export const familyOf = (model_type: string): Family | undefined => families.get(model_type)

export const modelTypes = (): string[] => [...families.keys()]
