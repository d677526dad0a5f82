/** `archcost explain`: the derivation of a number. */
import { explain, explainable } from '../../engine/explanations.ts'
import { prepare } from '../../engine/index.ts'
import { derivationLatex, derivationPython, derivationText } from '../../engine/print/derivation.ts'
import type { Derivation } from '../../engine/types.ts'
import { parseNumber } from '../../engine/read-number.ts'
import { designOptions, readDesign } from '../ask-options.ts'
import type { Command, Options } from '../command.ts'
import { deviceOption, readDevice } from '../device.ts'
import { UsageError } from '../errors.ts'
import { modelWords } from '../model-source.ts'
import { print, styled } from '../output.ts'
import { splitChanges } from '../scenario-changes.ts'

export const command: Command = {
  operands: 'MODEL QUANTITY…',
  takes: { min: 1, max: Infinity },
  about: [
    'Opens a number: in words, its equation, the values put in, what these follow from, and the source.',
    'A QUANTITY is a total as in cost --format json (params.total, flops.decode, cache.bytes), weights.bytes, memory.bytes,',
    '"loss at tokens=15T", or what a block says, by its address (mixer.flops.scores, ffn.params, mixer.n_heads), with',
    '@prefill or @decode where these differ; or what a scenario says of the model (roofline.seconds,',
    'load-balancing.balancing_loss). A scenario takes its settings from the model where it can; --set changes the others, and',
    '"at device=" finds a device of --on by its name too.',
    'Without a QUANTITY, lists all that can be opened.',
    '',
    modelWords,
  ].join('\n'),
  options: {
    ...designOptions,
    on: deviceOption,
    depth: { value: 'N', about: 'how many steps below the number to open (all)' },
    format: { of: ['text', 'json', 'latex', 'python'], about: 'how to print it' },
  },
  renamed: { device: 'on' },
  examples: [
    {
      run: 'archcost explain deepseek-v3 cache.bytes --context 128Ki',
      about: 'why its cache is so small',
    },
    {
      run: 'archcost explain mistral-7b-v0.1 mixer.flops.scores@prefill',
      about: 'one part of one block',
    },
    {
      run: 'archcost explain deepseek-v3 expert-parallelism.dispatch_bytes --set ep=32',
      about: 'what a token sends to its experts',
    },
    {
      run: 'archcost explain llama-3.1-8b roofline.seconds --on "H100 SXM"',
      about: 'the least time of a decode step',
    },
    {
      run: 'archcost explain llama-3.1-8b params.total --format python',
      about: 'a program that computes it',
    },
  ],
  async run([word, ...quantities], options) {
    const { architecture, workload } = await readDesign(word!, options, quantities)
    const { ofScenarios } = splitChanges(architecture, quantities, options['set'])
    const model = prepare(architecture)
    if (quantities.length === 0) {
      await print(`${explainable(model, workload).join('\n')}\n`)
      return 0
    }
    const { on: named } = options
    const device = named === undefined ? undefined : await readDevice(named)
    const derivations = quantities.map((quantity) =>
      explain(model, workload, quantity, { set: ofScenarios(quantity), device }),
    )
    await print(printDerivations(derivations, options))
    return 0
  },
}

function printDerivations(derivations: readonly Derivation[], { format, depth }: Options): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify(derivations.length === 1 ? derivations[0] : derivations, null, 2)}\n`
    case 'latex':
      return derivations.map(derivationLatex).join('\n')
    case 'python':
      return derivations.map(derivationPython).join('\n')
    default:
      return derivations
        .map((each) =>
          derivationText(each, depthOf(depth), (part, text) =>
            styled(part === 'value' ? 'bold' : 'dim', text),
          ),
        )
        .join('\n')
  }
}

function depthOf(text: string | undefined): number {
  if (text === undefined) return Infinity
  try {
    return parseNumber(text, { what: '--depth', whole: true, min: 0 })
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
}
