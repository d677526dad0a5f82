/** The reasons why a checkpoint stores more, or less, than what is computed. */
import type { Computed } from './computed.ts'
import { extraWords, type Extra } from './extra.ts'
import type { Row, Rows } from './rows.ts'
import { weightsIn, type Sorted } from './sorted.ts'

export interface Explanation {
  why: string
  /** Values stored beyond what is computed; below 0 where less is stored. */
  values: number
  /** Names of tensors, the first few. */
  tensors: string[]
}

const because = (why: string, values: number, some: readonly Sorted[]): Explanation => ({
  why,
  values,
  tensors: some.slice(0, 3).map(({ tensor }) => tensor.name),
})

/** What is stored beside parameters, by kind. */
export function explainExtras(sorted: readonly Sorted[], computed: Computed): Explanation[] {
  return (Object.keys(extraWords) as Extra[]).flatMap((extra) => {
    const some = sorted.filter((each) => each.extra === extra)
    if (some.length === 0) return []
    return [
      because(
        extra === 'mtp' ? extraWords.mtp + partsOfModules(some, computed) : extraWords[extra],
        weightsIn(some),
        some,
      ),
    ]
  })
}

/** A module is one more layer with an entrance, and copies of the tables may be stored with it. */
function partsOfModules(some: readonly Sorted[], computed: Computed): string {
  const last = computed.layers.at(-1)?.total ?? 0
  const copies = some.filter(({ tensor }) =>
    /embed_tokens|lm_head|shared_head\.head/.test(tensor.name),
  )
  const biases = some.filter(({ tensor }) => tensor.name.endsWith('e_score_correction_bias'))
  const joint = some.find(({ tensor }) => /eh_proj|(^|\.)fc\.weight$/.test(tensor.name))
  const width = joint ? Math.min(...joint.tensor.shape) : 0
  const own = weightsIn(some) - weightsIn(copies) - weightsIn(biases)
  const parts = [
    ...(joint && own === last + 2 * width ** 2 + 3 * width
      ? ['a layer like the last, a projection that joins two widths, and three norms']
      : []),
    ...(copies.length > 0 ? ['copies of embedding or head'] : []),
    ...(biases.length > 0 ? ['biases of its router'] : []),
  ]
  return parts.length === 0 ? '' : ` (${parts.join('; ')})`
}

/** Reasons that show in the sums: tables stored again or not at all, unused projections, layers stored elsewhere. Rows are set right by them. */
export function explainRows(rows: Rows, computed: Computed): Explanation[] {
  const found: Explanation[] = []
  const { embedding, head, layers, tensors } = rows
  const set = (row: Row, why: string, values: number, some: readonly Sorted[]): void => {
    found.push(because(why, values, some))
    row.stored -= values
  }
  const table = computed.embedding
  if (table > 0) {
    if (head.stored - head.computed === table)
      set(head, 'the tied head, stored a second time', table, tensors.get(head)!)
    else if (head.computed === table && head.stored === 0)
      set(head, 'no head is stored: it is tied, though the config says otherwise', -table, [])
    const again = embedding.stored / table - 1
    if (again > 0 && Number.isInteger(again))
      set(
        embedding,
        'the embedding, stored again for another stack',
        again * table,
        tensors.get(embedding)!.slice(1),
      )
  }
  for (const [{ shares_kv }, row] of layers) {
    const unused = shares_kv
      ? tensors
          .get(row)!
          .filter(({ tensor }) => /\.(k_proj|v_proj|k_norm|v_norm)\./.test(tensor.name))
      : []
    if (unused.length > 0 && row.stored - row.computed === weightsIn(unused))
      set(
        row,
        'keys and values of layers that share those of an earlier one, stored unused',
        weightsIn(unused),
        unused,
      )
  }
  return [...merged(found), ...settleElsewhere(rows, computed)]
}

/** Sums agree though places do not: what layers share stands under a name of its own, and what a name does not tell is taken for the rest. */
function settleElsewhere(
  { embedding, head, rest, layers }: Rows,
  { shares }: Computed,
): Explanation[] {
  const off = [embedding, ...layers.values(), head, rest].filter(
    (row) => row.computed !== row.stored,
  )
  const cancels =
    off.length > 1 && off.reduce((total, row) => total + row.stored - row.computed, 0) === 0
  if (!cancels || !(shares || off.includes(rest))) return []
  for (const row of off) row.stored = row.computed
  const places = off.filter((row) => row !== rest).map(({ place }) => place)
  return [
    because(
      `stored under other names than computed: ${places.slice(0, 4).join(', ')}${places.length > 4 ? ', …' : ''}`,
      0,
      [],
    ),
  ]
}

/** One explanation for all layers that have it. */
function merged(all: readonly Explanation[]): Explanation[] {
  const kinds = new Map<string, Explanation>()
  for (const each of all) {
    const same = kinds.get(each.why)
    kinds.set(
      each.why,
      same
        ? {
            ...same,
            values: same.values + each.values,
            tensors: [...same.tensors, ...each.tensors].slice(0, 3),
          }
        : each,
    )
  }
  return [...kinds.values()]
}
