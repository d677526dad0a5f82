/** Which layers have a window, for architectures whose files say the window alone: llama.cpp knows it by their names. */

interface Pattern {
  /** One layer of so many sees everything: the last, or the first of them; 0 where none does. */
  period: number
  full_first?: boolean
  /** Chunks of so many tokens in the place of windows. */
  chunk?: number
}

/** @see https://github.com/ggml-org/llama.cpp/tree/master/src/models set_swa_pattern */
export const windowPatterns: Readonly<Record<string, Pattern>> = {
  afmoe: { period: 4 },
  cohere2: { period: 4 },
  exaone4: { period: 4 },
  'exaone-moe': { period: 4 },
  gemma2: { period: 2 },
  gemma3: { period: 6 },
  gemma3n: { period: 5 },
  'gemma-embedding': { period: 6 },
  'gpt-oss': { period: 2 },
  laguna: { period: 4, full_first: true },
  llama4: { period: 4, chunk: 8192 },
  'modern-bert': { period: 3, full_first: true },
  olmo2: { period: 4 },
  phi3: { period: 0 },
  plamo3: { period: 8 },
  smallthinker: { period: 4, full_first: true },
}

export const isWindowed = (layer: number, period: number, full_first = false): boolean =>
  period === 0 || (full_first ? layer % period !== 0 : layer % period < period - 1)
