/** The papers behind the blocks of the models in view, as BibTeX. */
import { explanations } from '../../formulas/explanations.ts'
import type { Evaluated } from '../models/evaluated.ts'

export function bibliography(results: readonly Evaluated[]): string {
  const names = new Set(
    results.flatMap(({ model }) =>
      model.stacks.flatMap(({ input, groups, output }) =>
        [...input, ...groups.flatMap(({ blocks }) => blocks), ...output].map(
          ({ formulas }) => formulas.name,
        ),
      ),
    ),
  )
  const sources = [...names].flatMap((name) => Object.entries(explanations[name]?.sources ?? {}))
  const byUrl = new Map(sources.map(([key, source]) => [source.url, { key, ...source }]))
  return [...byUrl.values()].map(({ key, title, url }) => entry(key, title, url)).join('\n')
}

function entry(key: string, title: string, url: string): string {
  const arxiv = /arxiv\.org\/abs\/([\w.-]+)/.exec(url)?.[1]
  const year = arxiv && /^\d{4}\./.test(arxiv) ? `  year = {20${arxiv.slice(0, 2)}},\n` : ''
  const number = arxiv ? `  eprint = {${arxiv}},\n  archivePrefix = {arXiv},\n` : ''
  return `@misc{${key}${arxiv?.replaceAll('.', '') ?? ''},\n  title = {{${title.replace(/[{}]/g, '')}}},\n${year}${number}  url = {${url}}\n}\n`
}
