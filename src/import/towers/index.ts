/** Multimodal families by the `model_type` of their outer config. A new one is a line here and a file beside. */
import { gemma3 } from './gemma3.ts'
import { llava } from './llava.ts'
import type { TowerFamily } from './tower-family.ts'

const families: ReadonlyMap<string, TowerFamily> = new Map(
  Object.entries({
    gemma3,
    llava,
    shieldgemma2: gemma3,
  }),
)

export const towersOf = (model_type: string): TowerFamily | undefined => families.get(model_type)
