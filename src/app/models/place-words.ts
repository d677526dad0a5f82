/** Places of an architecture in words: `mixer.except[0].before` is the norm before the mixer in some layers. */

const names: Record<string, string> = {
  ffn: 'feed-forward',
  before: 'norm before',
  after: 'norm after',
  position: 'positions',
}

/** @param address of a block: a sublayer, `input` or `output` with the block's name, and what is attached */
export const placeWords = (address: string): string => {
  const [first = '', ...rest] = address.split('.')
  const parts =
    (first === 'input' || first === 'output') && rest.length > 0 ? rest : [first, ...rest]
  return capital(parts.flatMap(partWords).join(', '))
}

function partWords(part: string): string[] {
  const [, name = part, exception] = /^(.*?)(\[\d+\])?$/.exec(part) ?? []
  if (name === 'except') return [`other layers ${exception === '[0]' ? '' : exception}`.trim()]
  return [names[name] ?? name.replaceAll(/[-_]/g, ' ')]
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
