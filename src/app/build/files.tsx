/** Doors, catalogue models and terms as files of their own: title, description and numbers in plain HTML, which the page takes over. */
import type { ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { computeEntry, list as terms, loadEntry } from '../../dictionary/index.ts'
import { entries } from '../../import/catalog/index.ts'
import { slotFromCatalogue } from '../models/catalogue.ts'
import { evaluated, type Evaluated } from '../models/evaluated.ts'
import { quantityOf } from '../results/quantities.ts'
import { show, written } from '../results/show.ts'
import { doors, type Door } from '../state/doors.ts'
import { doorFile, modelFile, termFile } from '../state/files.ts'
import { freshSession } from '../state/fresh.ts'
import { readUrl } from '../state/read-url.ts'
import type { Session } from '../state/session.ts'
import { fitSentence } from '../verdict/fits.ts'
import { wordsOf } from '../verdict/sentence.ts'

export interface BuiltFile {
  name: string
  title: string
  /** For lists of results and previews. */
  description: string
  /** What stands in the place of the page until its script takes over. */
  html: string
}

export async function builtFiles(): Promise<BuiltFile[]> {
  const files: BuiltFile[] = []
  for (const { name } of entries) files.push(await ofModel(name))
  for (const { term } of terms) files.push(await ofTerm(term))
  for (const door of doors) files.push(await ofDoor(door))
  const models = entries.map(({ name, title }) => ({ href: modelFile(name), text: title }))
  const listed = terms.map(({ term, title }) => ({ href: termFile(term), text: title }))
  return [
    ...files,
    ofList('models.html', 'What published models cost', models),
    ofList('dictionary.html', 'Terms of language-model architectures', listed),
  ]
}

async function ofModel(name: string): Promise<BuiltFile> {
  const session = freshSession([await slotFromCatalogue(name, 'A')])
  const results = evaluated(session.slots, session.workload)
  const verdict = wordsOf(fitSentence(results[0]!, session.machine, session.bytes))
  return fileOf(modelFile(name), `What ${results[0]!.name} costs`, `${countsOf(results, session)} ${verdict}`, [
    <p key="verdict">{verdict}</p>,
    <Numbers key="numbers" of={results} session={session} />,
  ]) // prettier-ignore
}

/** What a visitor finds behind each door. */
const abouts: Readonly<Record<Door['question'], string>> = {
  cost: '',
  size: 'Shapes for a budget of parameters or memory that keep the ratios of a family and fit a device, with the nearest published models beside them.',
  compare: 'What each of two models stores, reads and computes, and why they differ.',
  stretch:
    'KV cache and work of attention against context, and the longest context that a device holds.',
}

async function ofDoor({ question, title, href }: Door): Promise<BuiltFile> {
  const none = (): Promise<never> => Promise.reject(new Error(`${href} names no model`))
  const { session } = await readUrl(href, '', none)
  const results = evaluated(session.slots, session.workload)
  return fileOf(
    doorFile(question),
    title,
    [abouts[question], ...(question === 'size' ? [] : [countsOf(results, session)])].join(' '),
    [<Numbers key="numbers" of={results} session={session} />],
  )
}

async function ofTerm(term: string): Promise<BuiltFile> {
  const entry = await loadEntry(term)
  const examples = await computeEntry(entry)
  return fileOf(termFile(term), entry.title, entry.about, [
    <p key="about">{entry.about}</p>,
    <p key="purpose">{entry.purpose}</p>,
    ...examples.map(({ title, claim, verdict, because, figures }) => (
      <section key={title}>
        <h2>{title}</h2>
        <blockquote>{claim}</blockquote>
        <p>
          {verdict}: {because}
        </p>
        <ul>
          {figures.map(({ name, label, calculation }) => (
            <li key={name}>
              {label}: {calculation}
            </li>
          ))}
        </ul>
      </section>
    )),
  ])
}

const ofList = (
  name: string,
  title: string,
  links: readonly { href: string; text: string }[],
): BuiltFile => {
  const first = links.slice(0, 10).map(({ text }) => text)
  return fileOf(name, title, `${links.length} of them: ${first.join(', ')} and others.`, [
    <ul key="links">
      {links.map(({ href, text }) => (
        <li key={href}>
          <a href={`./${href}`}>{text}</a>
        </li>
      ))}
    </ul>,
  ])
}

function fileOf(name: string, title: string, description: string, inside: ReactNode): BuiltFile {
  const html = renderToStaticMarkup(
    <main>
      <h1>{title}</h1>
      {inside}
      <p>
        <a href="./">archcost: what does this architecture cost?</a>
      </p>
    </main>,
  )
  return { name, title: `${title} · archcost`, description, html }
}

const listedNumbers = [
  'params.total', 'params.whole.total', 'params.active', 'weights.bytes', 'cache.bytes', 'flops.prefill', 'flops.decode', 'bytes_read.decode',
] // prettier-ignore

/** What no model here has is left out. */
function Numbers({ of, session }: { of: readonly Evaluated[]; session: Session }) {
  const rows = listedNumbers
    .flatMap((id) => quantityOf(id) ?? [])
    .filter((row) => of.some(({ cost }) => row.of(cost) !== null))
  return (
    <table>
      <caption>{`At ${of[0]!.workload.context.toLocaleString('en-US')} tokens`}</caption>
      <thead>
        <tr>
          <td />
          {of.map(({ letter, name }) => (
            <th key={letter} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <th scope="row">{`${row.group}: ${row.label}`}</th>
            {of.map(({ letter, cost, workload }) => (
              <td key={letter}>
                {show(row.of(cost), row.counted, { bytes: session.bytes, ...workload }).exact}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** `Mixtral-8x7B: 46.70B parameters, 12.88B for each token, 93.4 GB of weights, 1.07 GB of KV cache at 8,192 tokens.` */
const countsOf = (results: readonly Evaluated[], { bytes }: Session): string =>
  results
    .map(({ name, cost, workload }) => {
      const said = (id: string): string => {
        const { of, counted } = quantityOf(id)!
        return written(of(cost), counted, { bytes, ...workload })
      }
      const { total, active } = cost.params
      const parts = [
        `${said('params.total')} parameters`,
        ...(active < total ? [`${said('params.active')} for each token`] : []),
        `${said('weights.bytes')} of weights`,
        ...(cost.cache === null
          ? []
          : [
              `${said('cache.bytes')} of KV cache at ${workload.context.toLocaleString('en-US')} tokens`,
            ]),
      ]
      return `${name}: ${parts.join(', ')}.`
    })
    .join(' ')
