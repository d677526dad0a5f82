/** A value as messages show it: short, whatever it is. */
export function show(value: unknown): string {
  const text = inWords(value)
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}

function inWords(value: unknown): string {
  switch (typeof value) {
    case 'number':
    case 'symbol':
      return String(value)
    case 'bigint':
      return `${value}n`
    case 'function':
      return 'a function'
    default:
      return JSON.stringify(value) ?? String(value)
  }
}
