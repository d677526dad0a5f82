/** One cell for each layer, alike where the layers are: where the few different ones sit is seen at a glance. */
import type { PreparedStack } from '../../engine/index.ts'
import { layerKinds, layersText } from '../models/placed.ts'
import styles from './layer-strip.module.css'

export function LayerStrip({ stack }: { stack: PreparedStack }) {
  const kinds = layerKinds(stack)
  const kindOf = (layer: number): number => kinds.findIndex(({ layers }) => layers.includes(layer))
  return (
    <figure className={styles['figure']}>
      <div className={styles['strip']} aria-hidden="true">
        {Array.from({ length: Math.min(stack.n_layers, 256) }, (_, layer) => (
          <span
            // A layer is its place in the stack.
            // oxlint-disable-next-line react/no-array-index-key
            key={layer}
            className={styles['cell']}
            data-kind={kindOf(layer) % 4}
            title={`Layer ${layer}: ${kinds[kindOf(layer)]?.title ?? ''}`}
          />
        ))}
      </div>
      <figcaption>
        <ul className={styles['legend']}>
          {kinds.map(({ title, layers }, place) => (
            <li key={title}>
              <span className={styles['cell']} data-kind={place % 4} aria-hidden="true" />
              <span>
                {title}
                {kinds.length > 1 && (
                  <span className={styles['layers']}> in {layersText(layers)}</span>
                )}
              </span>
            </li>
          ))}
        </ul>
      </figcaption>
    </figure>
  )
}
