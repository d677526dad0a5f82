/** Multimodal families by the `model_type` of their outer config. A new one is a line here and a file beside. */
import { audioflamingo3, qwen2_audio } from './audio_flamingo.ts'
import { blip } from './blip.ts'
import { blip_2, instructblip } from './blip_2.ts'
import { aria } from './aria.ts'
import { aya_vision, cohere2_vision } from './cohere_vision.ts'
import { deepseek_vl } from './deepseek_vl.ts'
import { deepseek_vl_hybrid } from './deepseek_vl_hybrid.ts'
import { ernie4_5_vl } from './ernie4_5_vl.ts'
import { florence2 } from './florence2.ts'
import { fun_asr_nano } from './fun_asr.ts'
import { got_ocr2 } from './got_ocr2.ts'
import { minicpmv4_6 } from './minicpmv.ts'
import { paddleocr_vl } from './paddleocr_vl.ts'
import { lfm2_vl } from './siglip2.ts'
import { vipllava } from './vipllava.ts'
import { fuyu } from './fuyu.ts'
import { gemma3 } from './gemma3.ts'
import { gemma3n } from './gemma3n.ts'
import { gemma4 } from './gemma4.ts'
import { glm4v, glm_ocr } from './glm4v.ts'
import { granite_speech } from './granite_speech.ts'
import { idefics } from './idefics.ts'
import { idefics2 } from './idefics2.ts'
import { idefics3, modernvbert } from './idefics3.ts'
import { internvl, qianfan_ocr } from './internvl.ts'
import { hyperclovax_vision_v2 } from './hyperclovax_vision.ts'
import { janus } from './janus.ts'
import { kimi_k25 } from './kimi_k25.ts'
import { kosmos_2 } from './kosmos_2.ts'
import { kosmos_2_5 } from './kosmos_2_5.ts'
import { llama4 } from './llama4.ts'
import { llava } from './llava.ts'
import { llava_next, llava_next_video, llava_onevision } from './llava_next.ts'
import { minimax_m3_vl } from './minimax_m3_vl.ts'
import { lighton_ocr, mistral3 } from './mistral3.ts'
import { mllama } from './mllama.ts'
import { moshi } from './moshi.ts'
import { ovis2 } from './ovis2.ts'
import { paligemma } from './paligemma.ts'
import { phi4_multimodal } from './phi4_multimodal.ts'
import { qwen3_asr } from './qwen_audio.ts'
import {
  qwen2_5_omni,
  qwen2_5_omni_thinker,
  qwen3_omni_moe,
  qwen3_omni_moe_thinker,
} from './qwen_omni.ts'
import { exaone4_5, qwen2_5_vl, qwen2_vl, qwen3_5, qwen3_vl } from './qwen_vl.ts'
import { step3p7 } from './step3p7.ts'
import type { TowerFamily } from './tower-family.ts'
import { video_llava } from './video_llava.ts'
import { video_llama_3 } from './video_llama_3.ts'
import { glmasr, voxtral } from './voxtral.ts'

const families: ReadonlyMap<string, TowerFamily> = new Map(
  Object.entries({
    aria,
    audioflamingo3,
    aya_vision,
    blip,
    'blip-2': blip_2,
    cohere2_vision,
    deepseek_vl,
    deepseek_vl_hybrid,
    cosmos3_omni: qwen3_vl,
    ernie4_5_vl,
    ernie4_5_vl_moe: ernie4_5_vl,
    exaone4_5,
    florence2,
    fun_asr_nano,
    fuyu,
    gemma3,
    gemma3n,
    gemma4,
    got_ocr2,
    glm46v: { ...glm4v, ties: 'outer, or untied' },
    glm4v,
    glm4v_moe: glm4v,
    glm_ocr,
    glmasr,
    glmga: glm4v,
    granite_speech,
    granite_speech_plus: granite_speech,
    hyperclovax_vision_v2,
    idefics,
    idefics2,
    idefics3,
    instructblip,
    instructblipvideo: instructblip,
    internvl,
    janus,
    kimi_k25,
    'kosmos-2': kosmos_2,
    'kosmos-2.5': kosmos_2_5,
    lighton_ocr,
    llama4,
    llava,
    llava_next,
    llava_next_video,
    llava_onevision,
    lfm2_vl,
    minicpmv4_6,
    minicpmv4_7: minicpmv4_6,
    minimax_m3_vl,
    mistral3,
    mllama,
    modernvbert,
    moshi,
    musicflamingo: audioflamingo3,
    ovis2,
    paddleocr_vl,
    paligemma,
    phi4_multimodal,
    pp_chart2table: got_ocr2,
    qianfan_ocr,
    qwen2_5_omni,
    qwen2_5_omni_thinker,
    qwen2_5_vl,
    qwen2_audio,
    qwen2_vl,
    qwen3_5,
    qwen3_5_moe: qwen3_5,
    qwen3_asr,
    qwen3_omni_moe,
    qwen3_omni_moe_thinker,
    qwen3_vl,
    qwen3_vl_moe: qwen3_vl,
    shieldgemma2: { ...gemma3, ties: 'outer, or text' },
    smolvlm: idefics3,
    step3p7,
    video_llama_3,
    video_llava,
    vipllava,
    voxtral,
  }),
)

export const towersOf = (model_type: string): TowerFamily | undefined => families.get(model_type)
