/** Costs over a range of contexts: what the charts against context draw. */
import { evaluate, type Cost, type Model, type Workload } from '../../engine/index.ts'
import { formatShort } from '../../engine/numbers.ts'

/** From 1 Ki to 1 Mi tokens, each twice the one before; shorter for models that end sooner. */
export function contextsOf(models: readonly Model[]): number[] {
  const most = Math.max(...models.map(({ architecture }) => architecture.max_context), 131_072)
  const places: number[] = []
  for (let tokens = 1024; tokens <= Math.min(most, 2 ** 20); tokens *= 2) places.push(tokens)
  return places
}

export const costsAt = (model: Model, workload: Workload, contexts: readonly number[]): Cost[] =>
  contexts.map((context) => evaluate(model, { ...workload, context, source: workload.source }))

/** 4,096 as 4Ki. */
export const writeContext = (tokens: number): string =>
  tokens >= 2 ** 20
    ? `${tokens / 2 ** 20}Mi`
    : tokens >= 1024
      ? `${tokens / 1024}Ki`
      : formatShort(tokens)
