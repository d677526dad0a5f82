/** Reads transforms as they are written on the command line: `window:size=4096,global_every=6`. */
import * as z from 'zod/mini'
import { NumberError, parseNumber } from '../engine/read-number.ts'
import { transforms, type Transform, type TransformStep } from '../engine/transform/index.ts'
import { didYouMean } from '../formulas/nearest.ts'
import { UsageError } from './errors.ts'
import { wrapped } from './wrap.ts'

/** @throws UsageError */
export function readStep(word: string): TransformStep {
  const [name = '', ...rest] = word.split(':')
  const names = transforms.map((each) => each.name)
  if (!names.includes(name)) {
    const [before = ''] = name.split('=')
    const written = names.includes(before) ? `; write ${before}:option=value,option=value` : ''
    throw new UsageError(
      `there is no transform ${name}${written || didYouMean(name, names) || `; there are ${names.join(', ')}`}`,
    )
  }
  const said = rest.join(':')
  const options = said === '' ? [] : said.split(',').map((pair) => readOption(name, pair))
  return { ...Object.fromEntries(options), transform: name }
}

function readOption(name: string, pair: string): [string, unknown] {
  const [option, value] = pair.split(/=(.*)/s)
  if (!option || value === undefined || value === '') {
    throw new UsageError(`${name}: "${pair}" is no option; write ${name}:option=value,option=value`)
  }
  return [option, readValue(value)]
}

/** `none`, `true`, a number such as 4096 or 128k, or a word. */
function readValue(text: string): unknown {
  if (text === 'none' || text === 'null') return null
  if (text === 'true' || text === 'false') return text === 'true'
  try {
    return parseNumber(text, { what: '' })
  } catch (error) {
    if (error instanceof NumberError) return text
    throw error
  }
}

/** The transforms with their options, for help. */
export const transformWords = (): string =>
  transforms
    .flatMap((each) => [each.name, ...wrapped(each.about, '  '), ...optionWords(each)])
    .join('\n')

interface OptionSchema {
  description: string
  default?: string | number | null
  enum?: readonly string[]
}

function optionWords({ options }: Transform): string[] {
  const { properties = {} } = z.toJSONSchema(options) as {
    properties?: Record<string, OptionSchema>
  }
  return Object.entries(properties).map(([name, { description, default: usual, enum: of }]) => {
    const values = of ? ` (${of.join(', ')})` : usual === undefined ? '' : ` (${usual ?? 'none'})`
    return `    ${name}=  ${description}${values}`
  })
}
