/** Deep against wide: at the parameters that the model has, what other depths would do to cache and work. */
import { useDeferredValue, useMemo } from 'react'
import { briefOf, usualNear, type Brief } from '../../engine/ask/size/brief.ts'
import { layersOf } from '../../engine/ask/size/ratios.ts'
import { useSearch } from '../size/use-search.ts'
import { useActive } from '../state/store.tsx'
import { Lines } from './lines.tsx'

/** A quarter to four times the layers: few enough to be solved within a second. The nearest first. */
const spreadDepths = (brief: Brief): number[] => {
  const { n_layers: multiple = 1 } = brief.multiples
  const depths = [1, 1 / 2, 2, 1 / 4, 4].map(
    (times) => multiple * Math.max(1, Math.round((times * layersOf(brief)) / multiple)),
  )
  return [...new Set(depths)]
}

export function Depth() {
  const { name, model, workload, cost } = useActive()
  const { context, batch, weights, bytes_per_cache, bytes_per_keys, bytes_per_values } = workload
  const brief = useMemo(
    () => ({
      ...briefOf({
        family: {
          architecture: model.architecture,
          workload: { context, batch, weights, bytes_per_cache, bytes_per_keys, bytes_per_values },
        },
        params: cost.params.total,
        active: null,
        memory: null,
        minimise: null,
        multiple_of: 64,
        near: usualNear,
      }),
      // The solved shape of each depth, as the model itself is.
      active: null,
      is_searched: false,
    }),
    [
      model,
      context,
      batch,
      weights,
      bytes_per_cache,
      bytes_per_keys,
      bytes_per_values,
      cost.params.total,
    ],
  )
  // A drag would otherwise start a search at each step.
  const { found } = useSearch(useDeferredValue(brief), spreadDepths)
  const near = found.shapes
    .flatMap(({ n_layers, d_model, residual, cache, decode }) =>
      cache === null || decode === null || Math.abs(residual) >= 0.03
        ? []
        : [{ n_layers, d_model, cache, decode }],
    )
    .toSorted((a, b) => a.n_layers - b.n_layers)
  if (near.length < 2)
    return (
      <p role="status">
        {found.state === 'going'
          ? `Looking for shapes with equal parameters: ${[...found.done.values()].filter((share) => share === 1).length} of ${found.done.size} depths`
          : `No other depth of ${name} comes near its parameters.`}
      </p>
    )
  const [flat, deep] = [near[0]!, near.at(-1)!]
  const times = (part: 'cache' | 'decode' | 'd_model') =>
    near.map((shape) => shape[part] / flat[part])
  const cached = deep.cache / flat.cache
  return (
    <Lines
      finding={`${deep.n_layers} layers instead of ${flat.n_layers} at equal parameters: ${cached.toPrecision(3)} times the cache, ${(deep.decode / flat.decode).toPrecision(3)} times the work of a decode step`}
      name={`${name}, deep against wide`}
      axis={{ label: 'Layers', places: near.map(({ n_layers }) => n_layers), write: String }}
      series={[
        { id: 'cache', label: 'cache', colour: 'var(--part-attention)', values: times('cache') },
        {
          id: 'decode',
          label: 'work of decoding',
          colour: 'var(--part-router)',
          dash: '9 4',
          values: times('decode'),
        },
        {
          id: 'width',
          label: 'width',
          colour: 'var(--part-norm)',
          dash: '2 3',
          values: times('d_model'),
        },
      ]}
      write={(value) => `${value.toPrecision(3)}×`}
      now={model.stacks.at(-1)!.n_layers}
    />
  )
}
