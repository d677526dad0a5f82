/** The options that say where a model runs; together they are a deployment document. */
import { checkDeployment, type Degrees, type Deployment } from '../architecture/deployment.ts'
import { isWordOfDevice, type Device } from '../engine/hardware.ts'
import { usualDevice } from '../engine/deploy/complete.ts'
import { runtimeNames } from '../engine/deploy/runtime.ts'
import { openFit } from '../engine/deploy/open-fit.ts'
import { prepare } from '../engine/index.ts'
import { formatBytes } from '../engine/numbers.ts'
import { NumberError, parseNumber, parseQuantity } from '../engine/read-number.ts'
import type { Design } from '../engine/vary/index.ts'
import { readCount, readDesign, usage } from './ask-options.ts'
import type { Options, OptionSpec } from './command.ts'
import { readDevice } from './device.ts'
import { CommandError, UsageError } from './errors.ts'
import { deploymentLine } from './fit-text.ts'
import { pair, splitList } from './pairs.ts'
import { readText } from './read-text.ts'

const degrees = {
  tp: 'ranks of tensor parallelism: heads and widths are cut; all devices unless other degrees are said',
  pp: 'stages of pipeline parallelism: layers in a row',
  dp: 'ranks of data parallelism, each with sequences of its own',
  ep: 'ranks that experts are shared out over',
  etp: 'ranks that each expert is cut over',
  cp: 'ranks of context parallelism: tokens of the cache are shared out',
} as const

export const deploymentOptions: Record<string, OptionSpec> = {
  on: {
    value: '"8xH100 SXM"',
    about: `where it runs: a device or several, bytes of memory (80GiB), or a device of one's own as a file (${usualDevice})`,
  },
  ...Object.fromEntries(
    Object.entries(degrees).map(([name, about]) => [name, { value: 'N', about }]),
  ),
  'dp-attention': { about: 'attention is data-parallel, and experts go to all ranks' },
  runtime: {
    value: 'NAME',
    about: `whose memory it is: none, ${runtimeNames.join(', ')}; its settings are --set runtime.NAME=VALUE`,
  },
  deployment: {
    value: 'FILE',
    about: 'a deployment document in YAML or JSON, in the place of these options',
  },
}

export interface SaidDeployment {
  document: Deployment
  /** A device that is none of the known ones. */
  own: Device | undefined
  /** The options without what the document says. */
  others: Options
}

/** @throws UsageError, CommandError, ArchcostError */
export async function readDeployment(options: Options): Promise<SaidDeployment> {
  const { ofRuntime, others: set } = partSet(options['set'])
  const { cache, others } = partCache({ ...options, set })
  const file = options['deployment']
  if (file !== undefined) {
    const beside = Object.keys(deploymentOptions).find(
      (name) => name !== 'deployment' && options[name] !== undefined,
    )
    if (beside !== undefined)
      throw new UsageError(`--${beside} is given beside --deployment, whose file says it`)
    return { document: await readDocument(file), own: undefined, others }
  }
  const { device, devices, own } = await readMachine(options['on'] ?? usualDevice)
  const parallel = Object.fromEntries(
    Object.keys(degrees).flatMap((name) => {
      const text = options[name]
      return text === undefined ? [] : [[name, readCount(`--${name}`, text)]]
    }),
  ) as Degrees
  const isCut = Object.keys(parallel).some((name) => ['tp', 'pp', 'dp', 'cp'].includes(name))
  return {
    document: {
      device,
      // Degrees alone say how many devices there are.
      ...(devices === 1 && isCut ? {} : { devices }),
      parallel: { ...parallel, ...(options['dp-attention'] ? { dp_attention: true } : {}) },
      ...(cache ? { formats: { cache } } : {}),
      ...runtimeOf(options['runtime'], ofRuntime),
    },
    own,
    others,
  }
}

function runtimeOf(
  name: string | undefined,
  settings: Readonly<Record<string, string | number>>,
): Pick<Deployment, 'runtime'> {
  const [first] = Object.keys(settings)
  if (name === undefined && first !== undefined)
    throw new UsageError(`--set runtime.${first} goes with --runtime, whose setting it is`)
  return name === undefined ? {} : { runtime: { name, ...settings } }
}

/** `8xH100 SXM`, `2 * 80GiB`, `l40s`, a file. */
async function readMachine(
  text: string,
): Promise<{ device: string | number; devices: number; own: Device | undefined }> {
  const [, times = '1', one = text] = /^(\d+)\s*[x*]\s*(.+)$/is.exec(text.trim()) ?? []
  const devices = readCount('--on', times)
  // 4090 is a device to those who own one; 80GB is memory, though some name a device by it.
  const isDevice = /^\d+$/.test(one) && isWordOfDevice(one)
  if (/^[-+]?[\d.]+(e[-+]?\d+)?\s*[kmgtp]?i?b?$/i.test(one) && !isDevice) {
    const device = usage(() => parseNumber(one, { what: 'memory', unit: 'byte', min: 1 }), '--on')
    return { device, devices, own: undefined }
  }
  const own = await readDevice(one)
  return { device: own.name, devices, own }
}

/** Settings of the runtime, and the others. */
function partSet(text: string | undefined): {
  ofRuntime: Record<string, string | number>
  others: string | undefined
} {
  const ofRuntime: Record<string, string | number> = {}
  const others = splitList(text).filter((each) => {
    if (!each.startsWith('runtime.')) return true
    const [name, value] = pair('--set', each)
    ofRuntime[name.slice('runtime.'.length)] = numberIn(value)
    return false
  })
  return { ofRuntime, others: others.length === 0 ? undefined : others.join(',') }
}

function numberIn(text: string): string | number {
  try {
    return parseQuantity(text).value
  } catch (error) {
    if (error instanceof NumberError) return text
    throw error
  }
}

/** `keys=q8_0,values=q4_0` is more than the workload says of a cache. */
function partCache(options: Options): {
  cache: Record<string, string> | undefined
  others: Options
} {
  const text = options['cache-dtype']
  if (!text?.includes('=')) return { cache: undefined, others: options }
  const cache = Object.fromEntries(splitList(text).map((each) => pair('--cache-dtype', each)))
  return { cache, others: { ...options, 'cache-dtype': undefined } }
}

async function readDocument(file: string): Promise<Deployment> {
  // The reader of YAML is loaded only where it is needed.
  const { readYaml } = await import('../formulas/read-yaml.ts')
  const text = await readText(file)
  try {
    return readYaml({ file, text })
  } catch (error) {
    throw new CommandError((error as Error).message)
  }
}

/** What a rank of a deployment may take, and in words of what. */
export interface Memory {
  bytes: number
  words: string
}

/** A model with what is set of it, where it runs, and what a rank there may take; null where no machine is said. */
export async function readDeployed(
  word: string,
  options: Options,
  asked: readonly string[] = [],
): Promise<{ design: Design; memory: Memory | null }> {
  const { document, own, others } = await readDeployment(options)
  const known = await readDesign(word, others, asked)
  const design = { ...known, deployment: document, device: own }
  if (options['on'] === undefined && options['deployment'] === undefined)
    return { design, memory: null }
  const said = checkDeployment(document)
  const { deployed, room } = openFit(prepare(design.architecture), said, design.workload, own)
  const words = `A rank of ${deploymentLine(deployed.said)} may take ${formatBytes(room.available, 'GiB')}.`
  return { design, memory: { bytes: room.available, words } }
}
