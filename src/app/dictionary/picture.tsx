/** The picture that opens an entry: a drawing, lines or bars, with what is to be seen below it. */
import type { ComputedPicture } from '../../dictionary/index.ts'
import { BarsPicture } from './bars-picture.tsx'
import { DrawingPicture } from './drawing-picture.tsx'
import styles from './entry.module.css'
import { LinesPicture } from './lines-picture.tsx'

export const EntryPicture = ({ picture }: { picture: ComputedPicture }) => (
  <figure className={styles['picture']}>
    {drawn(picture)}
    <figcaption>{picture.caption}</figcaption>
  </figure>
)

function drawn(picture: ComputedPicture) {
  switch (picture.kind) {
    case 'drawing':
      return <DrawingPicture picture={picture} />
    case 'lines':
      return <LinesPicture picture={picture} />
    case 'bars':
      return <BarsPicture picture={picture} />
  }
}
