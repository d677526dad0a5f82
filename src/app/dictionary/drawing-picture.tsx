/** Models drawn to scale, as the calculator draws them. */
import { useId } from 'react'
import { evaluate } from '../../engine/evaluate.ts'
import { completeWorkload } from '../../engine/workload.ts'
import { Paint } from '../charts/architecture/paint.tsx'
import { useWidth } from '../charts/use-width.ts'
import { areaOf } from '../drawing/areas.ts'
import { arrangeSmall } from '../drawing/arrange.ts'
import { figureOf } from '../drawing/figure.ts'
import { wordingOf } from '../drawing/wording.ts'
import type { Evaluated } from '../models/evaluated.ts'
import { letters } from '../models/letters.ts'
import { useSession } from '../state/store.tsx'
import type { PictureOf } from './picture-of.ts'

export function DrawingPicture({
  picture: { area: id, models, workload: given },
}: {
  picture: PictureOf<'drawing'>
}) {
  const { bytes } = useSession()
  const [frame, width] = useWidth()
  const patterns = useId().replaceAll(/\W/g, '')
  const area = areaOf(id)
  const results = models.map(({ name, model }, place): Evaluated => {
    const workload = completeWorkload(model, given)
    const cost = evaluate(model, workload)
    return { letter: letters[place]!, name, model, workload, cost, stale: false, refused: null }
  })
  const wording = { ...wordingOf(area, bytes, results[0]!), railed: false }
  const figures = results.map((result) => figureOf(result, area))
  const drawn = arrangeSmall(figures, width ?? 640, wording)
  const said = figures
    .map(({ name, total }) => `${name}: ${total === null ? 'none' : wording.write(total)}`)
    .join(', ')
  return (
    // Its room is there before its width is known.
    <div ref={frame} style={{ minHeight: drawn.height }}>
      {width !== null && (
        <svg
          width={drawn.width}
          height={drawn.height}
          viewBox={`0 0 ${drawn.width} ${drawn.height}`}
          role="img"
          aria-label={`${area.title}, ${said}`}
        >
          <Paint painted={drawn.painted} id={patterns} />
        </svg>
      )}
    </div>
  )
}
