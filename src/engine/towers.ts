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

/** What a tower is given: pieces, and of each the rows that another tower made, 0 before there are any. */
interface Given {
  pieces: number
  rows: number
  piece: Piece
  /** Frames of sound; behind another tower, the rows that it made. */
  source: number
}

const isIntake = (is: Trait | undefined): boolean => is === 'image_intake' || is === 'audio_intake'

/** The block that cuts images or sound into pieces for a tower. */
const intakeOf = ({ input }: PreparedTower): PlacedBlock | undefined =>
  input.find(({ formulas }) => isIntake(formulas.is))

/** Whether a model says how images are cut into pieces for its vision tower. */
export const takesImages = ({ towers }: Model): boolean =>
  towers.some((tower) => intakeOf(tower)?.formulas.is === 'image_intake')

/** What an image, or the sound, of a workload becomes in an intake. */
function takeIn(
  { formulas, settings }: PlacedBlock,
  workload: Workload,
): Given & { tokens: number } {
  const sound = formulas.is === 'audio_intake'
  const times = sound ? Number(workload.audio_seconds !== null) : (workload.images?.count ?? 0)
  // Of what is not there no size is known either.
  const told = times === 0 ? {} : formulas.tell!(settings, passOf(workload, 0, 0, 0))
  const { pieces = 0, tokens = 0, across = 0, down = 0, frames = 0 } = told
  const piece = { ...noPiece, grid_width: across, grid_height: down }
  return { pieces: pieces * times, tokens: tokens * times, rows: 0, piece, source: frames }
}

/** The towers that have something to do, in the order in which they do it. */
export function towerRuns({ towers }: Model, workload: Workload): TowerRun[] {
  if (workload.images === null && workload.audio_seconds === null) return []
  const runs: TowerRun[] = []
  for (const tower of towers) {
    const before = runs.find((run) => run.tower.feeds === tower.name)
    const intake = intakeOf(tower)
    const given = intake ? takeIn(intake, workload) : before && given_by(before)
    if (given && given.pieces > 0) runs.push(runOf(tower, given, workload))
  }
  return runs
}

const given_by = ({ pieces, rows, layers }: TowerRun): Given => ({
  pieces,
  rows,
  piece: layers,
  source: rows,
})

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
    if (!intake) continue
    all[intake.formulas.is === 'audio_intake' ? 'audio' : 'images'] += takeIn(
      intake,
      workload,
    ).tokens
  }
  return all
}
