/** One cell for each layer, alike where the layers are. The layer pointed at, or the first of a kind that is focused, is lit. */
import type { PreparedStack } from '../../engine/index.ts'
import { formatShort } from '../../engine/numbers.ts'
import { layerKinds, layersText } from '../models/placed.ts'
import type { Slot } from '../models/slot.ts'
import { useResults } from '../state/store.tsx'
import styles from './layer-strip.module.css'

interface Props {
  slot: Slot
  stack: PreparedStack
  lit: number | null
  onLight: (layer: number | null) => void
}

export function LayerStrip({ slot, stack, lit, onLight }: Props) {
  const kinds = layerKinds(stack)
  const kindOf = (layer: number): number => kinds.findIndex(({ layers }) => layers.includes(layer))
  const layer = lit !== null && lit < stack.n_layers ? lit : null
  return (
    <figure className={styles['figure']}>
      <div className={styles['strip']} aria-hidden="true">
        {Array.from({ length: Math.min(stack.n_layers, 256) }, (_, place) => (
          <span
            // A layer is its place in the stack.
            // oxlint-disable-next-line react/no-array-index-key
            key={place}
            className={styles['cell']}
            data-kind={kindOf(place) % 4}
            data-lit={place === layer}
            onMouseEnter={() => onLight(place)}
            onMouseLeave={() => onLight(null)}
          />
        ))}
      </div>
      <p className={styles['at']} role="status">
        {layer === null ? (
          `${stack.n_layers} layers`
        ) : (
          <LitLayer slot={slot} stack={stack} layer={layer} />
        )}
      </p>
      <figcaption>
        <ul className={styles['legend']}>
          {kinds.map(({ title, layers }, place) => (
            <li key={title}>
              <button
                type="button"
                onFocus={() => onLight(layers[0]!)}
                onBlur={() => onLight(null)}
                onMouseEnter={() => onLight(layers[0]!)}
                onMouseLeave={() => onLight(null)}
              >
                <span className={styles['cell']} data-kind={place % 4} aria-hidden="true" />
                <span>
                  {title}
                  {kinds.length > 1 && ` in ${layersText(layers)}`}
                </span>
              </button>
            </li>
          ))}
        </ul>
      </figcaption>
    </figure>
  )
}

function LitLayer({
  slot: { letter, model },
  stack,
  layer,
}: Pick<Props, 'slot' | 'stack'> & { layer: number }) {
  const result = useResults().find((each) => each.letter === letter)!
  // A list over all layers holds the encoder's first.
  const before = model.stacks
    .slice(0, model.stacks.indexOf(stack))
    .reduce((sum, { n_layers }) => sum + n_layers, 0)
  const params = result.cost.params.by_layer[before + layer]!
  return `Layer ${layer}: ${formatShort(params)} parameters`
}
