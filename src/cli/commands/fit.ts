/** `archcost fit`: whether models fit on a deployment, and what of them does. */
import type { Deployment } from '../../architecture/deployment.ts'
import { ArchcostError } from '../../architecture/errors.ts'
import { usualDevice } from '../../engine/deploy/complete.ts'
import { fit, type Fit } from '../../engine/deploy/fit.ts'
import { prepare } from '../../engine/index.ts'
import { entries } from '../../import/catalog/index.ts'
import { designOptions, readDesign } from '../ask-options.ts'
import type { Command, Options } from '../command.ts'
import { deploymentOptions, readDeployment } from '../deployment-options.ts'
import { UsageError } from '../errors.ts'
import { fitCells, fitTable, fitText } from '../fit-text.ts'
import { eachModel, modelWords } from '../model-source.ts'
import { print, say } from '../output.ts'
import { pair, splitList } from '../pairs.ts'
import { csv } from '../table.ts'
import { visible } from '../visible.ts'
import { modulesOf, notesOnModules } from '../with-modules.ts'

export const command: Command = {
  operands: 'MODEL…',
  takes: { min: 0, max: Infinity },
  about: [
    'Whether a model fits on devices: what the fullest rank holds, how much room is left, how many sequences of the context',
    'fit, how long a context fits with the batch, how few devices hold it. Several models are rows of one table.',
    '',
    modelWords,
  ].join('\n'),
  options: {
    ...deploymentOptions,
    ...designOptions,
    'compute-dtype': {
      value: 'fp8',
      about:
        'what matrix products are computed in, which formats of weights do not tell; or by kind of work, as linear=fp8,experts=fp8 (sixteen bits)',
    },
    all: { about: 'every model of the catalogue' },
    format: { of: ['table', 'json', 'csv'], about: 'how to print it' },
  },
  renamed: { device: 'on' },
  examples: [
    {
      run: 'archcost fit llama-3.1-70b --on "2xH100 SXM" --context 32Ki --batch 8',
      about: 'on two cards, heads and widths cut over both',
    },
    {
      run: 'archcost fit deepseek-v3 --on "8xH200 SXM" --runtime vllm',
      about: 'under a runtime, which takes memory for itself',
    },
    {
      run: 'archcost fit deepseek-v3 --on "8xH200 SXM" --compute-dtype linear=fp8,experts=fp8',
      about: 'and how long it takes at least, where activations are in eight bits as well',
    },
    {
      run: 'archcost fit gpt-oss-120b --on "H100 SXM" --runtime vllm --set runtime.memory_share=0.95,runtime.sequences=256',
      about: 'with settings of the runtime',
    },
  ],
  async run(words, options) {
    const all = options['all'] !== undefined
    if (all === words.length > 0)
      throw new UsageError(
        all
          ? '--all is every model of the catalogue; leave the others out'
          : 'fit needs MODEL…, or --all; see archcost fit --help',
      )
    const { document: said, own, others } = await readDeployment(options)
    const document = withCompute(said, options)
    const isSaid =
      options['on'] !== undefined ||
      (options['deployment'] !== undefined && document.device !== undefined)
    const taken = isSaid ? [] : [`no device is said (--on), so ${usualDevice} is taken`]
    const read = async (word: string): Promise<Fit> => {
      const { architecture, workload } = await readDesign(word, others)
      const found = fit(prepare(architecture), document, workload, own)
      const left_out = notesOnModules(modulesOf({}, architecture)).map(({ text }) => text)
      return { ...found, notes: [...taken, ...found.notes, ...left_out] }
    }
    const fits = all ? await fitAll(read) : await eachModel(words, read)
    await print(printed(fits, options['format'] ?? 'table', all))
    return 0
  },
}

/** `fp8`, or `linear=fp8,experts=fp8`. */
function withCompute(document: Deployment, options: Options): Deployment {
  const text = options['compute-dtype']
  if (text === undefined) return document
  if (options['deployment'] !== undefined)
    throw new UsageError('--compute-dtype is given beside --deployment, whose file says it')
  const compute = text.includes('=')
    ? Object.fromEntries(splitList(text).map((each) => pair('--compute-dtype', each)))
    : text.trim()
  return { ...document, formats: { ...document.formats, compute } }
}

/** Those that cannot be cut so are told and left out. */
async function fitAll(read: (word: string) => Promise<Fit>): Promise<Fit[]> {
  const fits: Fit[] = []
  for (const { name } of entries)
    try {
      fits.push({ ...(await read(name)), name })
    } catch (error) {
      if (!(error instanceof ArchcostError)) throw error
      say(`${visible(`${name}: ${error.message}`)}\n`)
    }
  return fits
}

function printed(fits: readonly Fit[], format: string, all: boolean): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify(fits.length === 1 && !all ? fits[0] : fits, null, 2)}\n`
    case 'csv':
      return csv(fitCells(fits))
    default:
      return fits.length === 1 && !all ? fitText(fits[0]!) : fitTable(fits)
  }
}
