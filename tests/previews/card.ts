/** What a preview shows: title and figures to the left, large enough for a small image, and the file's picture to the right. */

/** As large as networks show them. */
export const size = { width: 1200, height: 630 }

export interface Card {
  title: string
  description: string
  /** A PNG as a data URI; null where the file has no picture. */
  picture: string | null
}

const style = `
  * { margin: 0; box-sizing: border-box }
  body { width: ${size.width}px; height: ${size.height}px; padding: 44px 44px 44px 48px; display: flex; gap: 32px;
    overflow: hidden; background: #fcfbf9; color: #171a24; font-family: system-ui, sans-serif }
  section { flex: 1; min-width: 0; display: flex; flex-direction: column; gap: 20px }
  section > * { flex: none }
  h1 { font-size: 42px; line-height: 1.12; letter-spacing: -0.02em; overflow-wrap: anywhere }
  h1.long { font-size: 34px }
  p, li { font-size: 22px; line-height: 1.36; color: #545866 }
  p { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 9; overflow: hidden }
  h2 { font-size: 22px; margin-bottom: -14px }
  ul { list-style: none; padding: 0 }
  b { color: #171a24; font-size: 26px; font-variant-numeric: tabular-nums }
  footer { margin-top: auto; font-size: 22px; font-weight: 600; color: #2152b8 }
  figure { flex: none; width: 600px; display: flex; align-items: center }
  img { width: 100%; max-height: 100%; object-fit: contain }
`

export function cardHtml({ title, description, picture }: Card): string {
  const figure = picture === null ? '' : `<figure><img src="${picture}" alt="" /></figure>`
  const heading = `<h1${title.length > 40 ? ' class="long"' : ''}>${escaped(title)}</h1>`
  return `<!doctype html><style>${style}</style><section>${heading}${bodyOf(description, title)}<footer>archcost</footer></section>${figure}`
}

/** Of several models figures alone, of the first two; of one its figures and the verdict; else the text. */
function bodyOf(description: string, title: string): string {
  const sentences = description.split(/(?<=\.) (?=[A-Za-z])/)
  const lists = sentences.flatMap((each) => listOf(each, title) ?? [])
  if (lists.length > 1) return lists.slice(0, 2).join('')
  const text = sentences.filter((each) => listOf(each, title) === null).join(' ')
  return `${lists.join('')}<p>${escaped(text)}</p>`
}

/** `NAME: 8.03 B parameters, 16.1 GB of weights.` as a list with its figures in front; null where it is other text. */
function listOf(sentence: string, title: string): string | null {
  const [, name = '', figures] = /^([^:]+): (\d.* (?:parameters|weights|tokens))\.$/.exec(sentence) ?? []
  if (figures === undefined) return null
  const items = figures.split(', ').map((each) => `<li>${escaped(each).replace(/^[\d.,]+ \w+/, '<b>$&</b>')}</li>`)
  return `${title.includes(name) ? '' : `<h2>${escaped(name)}</h2>`}<ul>${items.join('')}</ul>`
} // prettier-ignore

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
