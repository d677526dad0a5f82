/** All families by `model_type`. A new one is a file beside: each `export const NAME: Family` is found. */
import type { Family } from '../family.ts'
import { families } from './generated/families.ts'

const byType: ReadonlyMap<string, Family> = new Map(
  Object.entries(families).flatMap(([name, family]) =>
    (family.types ?? [name]).map((type) => [type, family] as const),
  ),
)

export const familyOf = (model_type: string): Family | undefined => byType.get(model_type)

export const modelTypes = (): string[] => [...byType.keys()]
