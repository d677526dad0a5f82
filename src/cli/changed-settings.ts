/** The settings that one design has otherwise than another, as rows: what is, and what becomes of it. */
import { differentSettings } from '../engine/ask/compare/different-settings.ts'
import { prepare } from '../engine/index.ts'
import type { Design } from '../engine/vary/index.ts'
import { showValue } from './answer-text.ts'
import type { Row } from './table.ts'

export function changedSettings(before: Design, after: Design): Row[] {
  const models = [before, after].map(({ architecture, workload }) => ({
    model: prepare(architecture),
    workload,
  }))
  return differentSettings(models)
    .filter(({ follows }) => !follows)
    .map(({ address, values: [was, becomes] }) => ({
      cells: [address, showValue(was), '->', showValue(becomes)],
    }))
}
