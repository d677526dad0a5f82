/** A line of a chart, or points of it. */
export interface Series {
  id: string
  label: string
  /** A colour of the style sheet. */
  colour: string
  dashed?: boolean
  /** Where dashes tell models apart: as SVG has it. */
  dash?: string | undefined
  /** One value for each place of the axis; null where there is none. */
  values: readonly (number | null)[]
  /** What is said of each place instead of its value. */
  texts?: readonly (string | null)[]
  /** Points that no line joins. */
  isPoints?: boolean
}
