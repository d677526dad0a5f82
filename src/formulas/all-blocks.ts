/** Makes every block and every mixture of formats known: wanted by any model but the one that the page starts with. */
import { mixtures } from './generated/mixtures.ts'
import { blocks } from './index.ts'
import { know, knowMixtures } from './registry.ts'

know(blocks)
knowMixtures(mixtures)

export { blocks }
