/** Prints how the import does on every model type that measure.py counted, and writes docs/coverage.md from it. */
import { writeFileSync } from 'node:fs'
import { compare, readMeasured, verdicts, type Compared, type Verdict } from './compare.ts'

const all = readMeasured().map(compare)
const names = Object.keys(verdicts) as Verdict[]
const of = (verdict: Verdict): Compared[] => all.filter((each) => each.verdict === verdict)

for (const { model_type, verdict, why } of all)
  if (verdict === 'wrong' || verdict === 'refused' || verdict === 'unverified')
    console.log(`${verdict} ${model_type}${why && `: ${why}`}`)
const fresh = all.filter(({ is_new, verdict }) => is_new && verdict !== 'not built')
console.log(`new: ${fresh.map(({ model_type }) => model_type).join(' ') || 'none'}`)
console.log(names.map((verdict) => `${of(verdict).length} ${verdict}`).join(', '))

const count = (value: number | null): string => value?.toLocaleString('en') ?? ''
const cell = (text: string): string => text.slice(0, 160).replaceAll('|', '\\|')
const rows = (verdict: Verdict): string[] =>
  of(verdict).map(
    ({ model_type, class: built, total, why }) =>
      `| ${model_type} | ${built} | ${count(total)} | ${cell(why)} |`,
  )

writeFileSync(
  'docs/coverage.md',
  [
    '# Which model types come out',
    '',
    'Every type for which transformers has a language model, built from its own default config and counted, beside what',
    'archcost makes of the same config. `npm run coverage` measures what is installed and writes this page.',
    '',
    '| Verdict | Types | Meaning |',
    '| --- | ---: | --- |',
    ...names.map((verdict) => `| ${verdict} | ${of(verdict).length} | ${verdicts[verdict]} |`),
    ...names.flatMap((verdict) =>
      of(verdict).length === 0
        ? []
        : [
            '',
            `## ${verdict[0]!.toUpperCase()}${verdict.slice(1)}`,
            '',
            '| Type | Class | Parameters | |',
            '| --- | --- | ---: | --- |',
            ...rows(verdict),
          ],
    ),
    '',
  ].join('\n'),
)
