/** What runs through towers: pieces of images and of sound, each by itself, from tower to tower into the language model. */
import type { Model, PlacedBlock, PreparedTower } from '../architecture/model.ts'
import { noPiece, passOf, type Pass, type Piece, type Sums, type Trait } from '../formulas/index.ts'
import type { Workload } from './types.ts'

/** A tower at work: the pass that reaches each of its blocks, and how many pieces it sees. */
export interface TowerRun {
  tower: PreparedTower
  /** By the place in `input` and `output`: these may change how many rows there are. */
  input: readonly Pass[]
  layers: Pass
  output: readonly Pass[]
  /** Pieces of all images, or of the sound, of a sequence. */
  pieces: number
  /** Rows that a piece leaves. */
  rows: number
}

/** What a tower is given: pieces of one shape, and of each the rows that another tower made, 0 before there are any. */
interface Given {
  pieces: number
  rows: number
  piece: Piece
  /** Frames of sound; behind another tower, the rows that it made. */
  source: number
}

const intakes: ReadonlySet<Trait | undefined> = new Set<Trait>([
  'image_intake',
  'split_image_intake',
  'audio_intake',
])

/** The block that cuts images or sound into pieces for a tower. */
const intakeOf = ({ input }: PreparedTower): PlacedBlock | undefined =>
  input.find(({ formulas }) => intakes.has(formulas.is))

/** All that intakes and regroupings tell are numbers. */
const numbersFrom = ({ formulas, settings }: PlacedBlock, pass: Pass) =>
  formulas.tell!(settings, pass) as Readonly<Record<string, number>>

const hears = ({ formulas }: PlacedBlock): boolean => formulas.is === 'audio_intake'

/** Whether a model says how images are cut into pieces for its vision tower. */
export const takesImages = ({ towers }: Model): boolean =>
  towers.some((tower) => {
    const intake = intakeOf(tower)
    return intake !== undefined && !hears(intake)
  })

/** What an image, or the sound, of a workload becomes in an intake: pieces, and where these are split the whole beside them. */
function takeIn(intake: PlacedBlock, workload: Workload): { given: Given[]; tokens: number } {
  const times = hears(intake)
    ? Number(workload.audio_seconds !== null)
    : (workload.images?.count ?? 0)
  // Of what is not there no size is known either.
  if (times === 0) return { given: [], tokens: 0 }
  const told = numbersFrom(intake, passOf(workload, 0, 0, 0))
  const { pieces = 0, wholes = 0, tokens = 0, frames = 0 } = told
  const ofImage = { image_tokens: tokens, image_pieces: pieces + wholes }
  const all = (count: number, grid_width = 0, grid_height = 0): Given => ({
    pieces: count * times,
    rows: 0,
    piece: { ...noPiece, ...ofImage, grid_width, grid_height },
    source: frames,
  })
  const given = [
    all(pieces, told['across'], told['down']),
    all(wholes, told['whole_across'], told['whole_down']),
  ]
  return { given, tokens: tokens * times }
}

/** The towers that have something to do, in the order in which they do it; once for each shape of pieces. */
export function towerRuns({ towers }: Model, workload: Workload): TowerRun[] {
  if (workload.images === null && workload.audio_seconds === null) return []
  const runs: TowerRun[] = []
  for (const tower of towers) {
    const intake = intakeOf(tower)
    const given = intake ? takeIn(intake, workload).given : handedTo(tower, runs, workload)
    for (const each of given) if (each.pieces > 0) runs.push(runOf(tower, each, workload))
  }
  return runs
}

/** What the tower before hands over, in pieces as it saw them or as a block says. */
function handedTo(
  { name, input }: PreparedTower,
  runs: readonly TowerRun[],
  workload: Workload,
): Given[] {
  const before = runs.find(({ tower }) => tower.feeds === name)?.tower
  const given = runs
    .filter(({ tower }) => tower === before)
    .map(({ pieces, rows, layers }): Given => ({ pieces, rows, piece: layers, source: rows }))
  const regrouping = input.find(({ formulas }) => formulas.is === 'regrouping')
  if (!regrouping) return given
  return given.map(({ pieces, rows, piece }) => {
    const pass = passOf(workload, rows, 0, rows, piece)
    const told = numbersFrom(regrouping, pass)
    const made = told['rows']!
    return {
      pieces: (pieces / told['gathers']!) * told['pieces']!,
      rows: made,
      piece,
      source: made,
    }
  })
}

function runOf(tower: PreparedTower, given: Given, workload: Workload): TowerRun {
  let { rows } = given
  const passAt = (): Pass => passOf(workload, rows, 0, given.source, given.piece)
  const through = (blocks: readonly PlacedBlock[]): Pass[] =>
    blocks.map(({ formulas, settings }) => {
      const pass = passAt()
      rows = formulas.positions?.(settings, pass) ?? rows
      return pass
    })
  const input = through(tower.input)
  const layers = passAt()
  const output = through(tower.output)
  return { tower, input, layers, output, pieces: given.pieces, rows }
}

/** Adds FLOPs and activations of runs, for one sequence. */
export function addRuns(runs: readonly TowerRun[], to: Sums): void {
  for (const { tower, input, layers, output, pieces } of runs) {
    tower.input.forEach(({ formulas, settings }, place) =>
      formulas.addPass(settings, input[place]!, pieces, to),
    )
    for (const { blocks, layers: held } of tower.groups)
      for (const { formulas, settings } of blocks)
        formulas.addPass(settings, layers, pieces * held.length, to)
    tower.output.forEach(({ formulas, settings }, place) =>
      formulas.addPass(settings, output[place]!, pieces, to),
    )
  }
}

/** Rows that towers hand over to the language model. */
export const handedOver = (model: Model, workload: Workload): number =>
  towerRuns(model, workload)
    .filter(({ tower }) => tower.feeds === 'decoder')
    .reduce((sum, { rows, pieces }) => sum + rows * pieces, 0)

/** Tokens of the language model that all images, and the sound, of a sequence become. */
export function tokensOf({ towers }: Model, workload: Workload): { images: number; audio: number } {
  const all = { images: 0, audio: 0 }
  for (const tower of towers) {
    const intake = intakeOf(tower)
    if (intake) all[hears(intake) ? 'audio' : 'images'] += takeIn(intake, workload).tokens
  }
  return all
}
