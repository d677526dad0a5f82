/** What is painted, in pixels: made without a browser, so that it can be tested without one. */
import type { Letter } from '../models/letters.ts'
import type { Box } from './box.ts'
import type { Keeps } from './keeps.ts'
import type { Tone } from './parts.ts'

/** The small sign beside a label. */
export type Glyph = Keeps | 'ffn' | 'table' | 'tied' | 'routed' | 'shared' | 'lit' | 'idle'

export type TextLook = 'strong' | 'plain' | 'soft' | 'on-mixer' | 'on-ffn' | 'on-table'

export type Mark =
  /** A part with a column of its own, or nothing but a place to point at. */
  | {
      kind: 'box'
      box: Box
      look: Tone | 'patch-mixer' | 'patch-ffn' | 'patch-table' | 'hit'
      part?: string
    }
  /** Over a part: what its mixer keeps. */
  | { kind: 'texture'; box: Box; keeps: Keeps }
  | { kind: 'path'; d: string; look: PathLook; part?: string }
  | {
      kind: 'text'
      x: number
      y: number
      text: string
      look: TextLook
      anchor?: 'end' | 'middle'
      isBold?: boolean
    }
  /** The shape that a model goes by. */
  | { kind: 'letter'; x: number; y: number; letter: Letter }
  | { kind: 'glyph'; x: number; y: number; glyph: Glyph }

export type PathLook =
  | 'lit'
  | 'idle'
  | 'inner'
  | 'tied'
  | 'leader'
  | 'tie'
  | 'lens'
  | 'track'
  | 'bar'
  | 'code'
  | 'code-track'
  | 'rule'

/** All that is painted of one model. */
export interface Painted {
  letter: Letter
  marks: readonly Mark[]
}

export interface Picture {
  width: number
  height: number
  painted: readonly Painted[]
  /** Where a part, a band or a figure stands, by id. */
  spots: ReadonlyMap<string, Box>
  /** The rows to press, by the id of the part, band or figure that they stand for. */
  targets: ReadonlyMap<string, Box>
}

/** A rectangle as a path, so that many are one element. */
export const boxPath = ({ x, y, width, height }: Box): string =>
  `M${round(x)} ${round(y)}h${round(width)}v${round(height)}h${round(-width)}z`

export const round = (value: number): number => Math.round(value * 100) / 100
