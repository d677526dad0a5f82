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
      return asJson(value) ?? String(value)
  }
}

/** Values from outside may be nested more deeply than can be printed, or hold what JSON cannot. */
function asJson(value: unknown): string | undefined {
  try {
    return JSON.stringify(value)
  } catch {
    return Array.isArray(value) ? 'a list' : 'an object'
  }
}

/** A message with words from outside in it: those without end, blanks without end, and then the whole are cut off. */
export function bounded(message: string): string {
  const text = message.replace(/\S{200,}|\s{20,}/g, (run) => `${run.slice(0, 100).trim()}…`)
  return text.length > 2000 ? `${text.slice(0, 1999)}…` : text
}
