/** Makes every block and every mixture of formats known: wanted by any model but the first, and by settings, where blocks are exchanged. */
import { blocks } from '../../formulas/index.ts'
import { mixtures } from '../../formulas/generated/mixtures.ts'
import { know, knowMixtures } from '../../formulas/registry.ts'

know(blocks)
knowMixtures(mixtures)

export { blocks }
