/** Ways from a part to its settings and to its entry in the dictionary. */
import type { Dispatch } from 'react'
import type { Node } from '../../drawing/nodes.ts'
import { revealSetting } from '../../settings/reveal.ts'
import type { HistoryAction } from '../../state/history.ts'

/** Puts the keyboard on the first setting of a part's block, in the panel of its model. */
export function showSettings({ figure, part }: Node, dispatch: Dispatch<HistoryAction>): void {
  dispatch({ kind: 'activate', letter: figure.letter })
  revealSetting(part && part.block.address)
}

/** Opens the first entry of the dictionary that a part's block serves, if any. */
export async function openEntry({ part }: Node, dispatch: Dispatch<HistoryAction>): Promise<void> {
  if (part === null) return
  const { explanations } = await import('../../../formulas/explanations.ts')
  const [entry] = explanations[part.block.formulas.name]?.terms ?? []
  dispatch({ kind: 'go', page: 'dictionary', ...(entry === undefined ? {} : { entry }) })
}
