/** The drawing as a tree of names, for the keyboard and screen readers: all parts, those too small to be seen as well. */
import type { Area } from './areas.ts'
import type { Band, Figure } from './figure.ts'
import { percent } from './label-text.ts'
import { layerPlace } from './layer-place.ts'
import type { Part } from './parts.ts'
import type { Wording } from './wording.ts'

export interface Node {
  id: string
  /** In full: `Latent attention in 58 of 61 layers, 10.85 B, 1.62 %`. */
  name: string
  figure: Figure
  band: Band | null
  part: Part | null
  /** The quantity whose derivation a press opens. */
  opens: string
  children: readonly Node[]
}

export const treeOf = (figures: readonly Figure[], area: Area, wording: Wording): Node[] =>
  figures.map((figure) => {
    const bandNode = (band: Band): Node => ({
      id: band.id,
      name: `${band.title}${bandPlace(band)}, ${amountText(band.amount, figure, wording)}${band.isTied ? ', tied to the embedding' : ''}`,
      figure,
      band,
      part: null,
      opens: only(band)?.opens ?? area.total,
      children: [...band.columns.flatMap(({ parts }) => parts), ...band.small].map((part) => ({
        id: part.id,
        name: partName(part, band, figure, wording),
        figure,
        band,
        part,
        opens: part.opens,
        children: [],
      })),
    })
    const total =
      figure.total === null ? 'does not apply to this model' : wording.write(figure.total)
    return {
      id: figure.letter,
      name: `${figure.name}, ${area.title}: ${total}`,
      figure,
      band: null,
      part: null,
      opens: area.total,
      children:
        figure.stacks.length > 1
          ? figure.stacks.map((stack): Node => {
              const bands = figure.bands.filter((band) => band.stack === stack)
              const amount = bands.reduce((sum, band) => sum + band.amount, 0)
              return {
                id: `${figure.letter}/${stack}`,
                name: `${stack}, ${amountText(amount, figure, wording)}`,
                figure,
                band: null,
                part: null,
                opens: area.total,
                children: bands.map(bandNode),
              }
            })
          : figure.bands.map(bandNode),
    }
  })

/** What a band with one part alone stands for. */
const only = ({ columns: [column, another] }: Band): Part | undefined =>
  another === undefined && column?.parts.length === 1 ? column.parts[0] : undefined

const bandPlace = ({ layers, of }: Band): string =>
  layers === null || layers.length === of ? '' : ` of ${of}, ${layerPlace(layers)}`

/** Of a part in layers; a norm that stands after them all is in none. */
export const partPlace = ({ layers, block }: Part, { layers: all, of }: Band): string =>
  all === null || /^(input|output)$/.test(block.sublayer) ? '' : ` in ${layers} of ${of} layers`

const partName = (part: Part, band: Band, figure: Figure, wording: Wording): string =>
  `${fullName(part)}${partPlace(part, band)}, ${amountText(part.amount, figure, wording)}`

/** In full where the label is short; the two parts of a mixture keep their own words. */
export const fullName = ({ name, block, piece, keeps }: Part): string =>
  piece !== null || (keeps !== null && block.formulas.is === 'attention')
    ? name
    : block.formulas.title

const amountText = (amount: number, { total }: Figure, { write }: Wording): string =>
  amount === 0 ? '0' : `${write(amount)}, ${percent(amount, total)}`

export interface Line {
  node: Node
  depth: number
  /** Of how many beside it, and the how many-th. */
  place: number
  of: number
}

/** The lines in sight: all but those below a node that is closed. */
export function linesOf(nodes: readonly Node[], closed: ReadonlySet<string>, depth = 1): Line[] {
  return nodes.flatMap((node, index) => [
    { node, depth, place: index + 1, of: nodes.length },
    ...(closed.has(node.id) ? [] : linesOf(node.children, closed, depth + 1)),
  ])
}
