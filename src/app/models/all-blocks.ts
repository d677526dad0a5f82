/** Makes every block known: wanted by any model but the first, and by settings, where blocks are exchanged. */
import { blocks } from '../../formulas/index.ts'
import { know } from '../../formulas/registry.ts'

know(blocks)

export { blocks }
