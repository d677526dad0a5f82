/** Costs over a range of contexts: what the charts against context draw. */
import { evaluate } from '../../engine/evaluate.ts'
import type { Cost, Model, Workload } from '../../engine/index.ts'
import { formatShort } from '../../engine/numbers.ts'
import { atContext } from '../../engine/workload.ts'

/** From 1 Ki to four times what the models were made for, each twice the one before, and the present one among them. */
export function contextsOf(models: readonly Model[], present: number): number[] {
  const made = Math.max(...models.map(({ architecture }) => architecture.max_context), 32_768)
  const most = Math.max(Math.min(4 * made, 2 ** 20), present)
  const places = new Set([present])
  for (let tokens = 1024; tokens <= most; tokens *= 2) places.add(tokens)
  return [...places].toSorted((a, b) => a - b)
}

export const costsAt = (model: Model, workload: Workload, contexts: readonly number[]): Cost[] =>
  contexts.map((context) => evaluate(model, atContext(workload, context)))

/** 4,096 as 4Ki. */
export const writeContext = (tokens: number): string =>
  tokens % 2 ** 20 === 0
    ? `${tokens / 2 ** 20}Mi`
    : tokens % 1024 === 0
      ? `${tokens / 1024}Ki`
      : formatShort(tokens)
