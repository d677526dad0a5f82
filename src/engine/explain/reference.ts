/** What a model, its workload or a device says to a scenario: `experts.n_experts`, `flops.decode`, `workload.batch`, `device.peak`. */
import type { Model } from '../../architecture/model.ts'
import { names } from '../../formulas/explanations.ts'
import type { Names } from '../../formulas/index.ts'
import type { Device } from '../hardware.ts'
import { passAt, placements, type Placement } from '../placements.ts'
import type { Derivation, Workload } from '../types.ts'
import { explainDefinition, explainSetting, openBlock } from './block.ts'
import { explainLastLayer, explainTotal } from './total.ts'
import { applies, totalNamed, type Sum } from './totals.ts'
import { explainWorkload } from './workload.ts'

/** Of what a scenario is asked. */
export interface Subject {
  model: Model
  workload: Workload
  device: Device | undefined
}

/** What a total is for one sequence of the batch: `one_sequence.bytes_read.decode_weights`. */
export const ofOneSequence = 'one_sequence.'

/** Undefined where the model, or the device if one is chosen, says nothing of the kind. */
export function explainReference(name: string, subject: Subject): Derivation | undefined {
  const { model, workload } = subject
  if (name.startsWith(ofOneSequence))
    return explainReference(name.slice(ofOneSequence.length), {
      ...subject,
      workload: { ...workload, batch: 1 },
    })
  const total = totalNamed(name)
  if (total)
    return applies(total, model.architecture) ? explainTotal(total, model, workload) : undefined
  const [whose = '', what = ''] = name.split('.')
  switch (whose) {
    case 'workload':
      return explainWorkload(what as Exclude<keyof Workload, 'weights' | 'images'>, workload)
    case 'stack':
      return explainStack(what as keyof Names, model)
    case 'last_layer':
      return explainLastLayer(lastLayer[what as keyof typeof lastLayer], model, workload)
    case 'device':
      return explainDevice(what, subject)
    default:
      return explainOfBlock(whose, what, subject)
  }
}

function explainStack(what: keyof Names, { decoder, encoder }: Model): Derivation {
  const { label } = names.find(({ name }) => name === what)!
  const value = (decoder ?? encoder)!.names[what]
  return { address: what, label, value, unit: '', inputs: [], origin: 'given' }
}

const lastLayer: Record<'params' | 'flops', Sum> = {
  params: {
    name: 'last_layer.params',
    label: 'Parameters of the last layer',
    unit: 'parameter',
    why: 'With its norms.',
    occasion: 'model',
    adds: ['params'],
  },
  flops: {
    name: 'last_layer.flops',
    label: 'FLOPs of the last layer in a decode step',
    unit: 'FLOP',
    why: 'For one sequence.',
    occasion: 'decode',
    adds: ['flops'],
  },
}

/** All devices have a peak of sixteen-bit products; of others 0 where they have none. */
const ofDevice: Readonly<
  Record<string, { label: string; read: (device: Device) => number | undefined }>
> = {
  memory: { label: 'Memory in bytes', read: ({ memory }) => memory },
  bandwidth: { label: 'Bandwidth in bytes per second', read: ({ bandwidth }) => bandwidth },
  peak: { label: 'Peak in FLOP per second, sixteen bits', read: ({ peak }) => peak['bf16'] },
  peak_fp8: { label: 'Peak in FLOP per second, fp8', read: ({ peak }) => peak['fp8'] ?? 0 },
  peak_int8: {
    label: 'Peak in operations per second, int8',
    read: ({ peak }) => peak['int8'] ?? 0,
  },
  peak_fp4: { label: 'Peak in FLOP per second, fp4', read: ({ peak }) => peak['fp4'] ?? 0 },
}

function explainDevice(what: string, { device }: Subject): Derivation | undefined {
  const { label, read } = ofDevice[what]!
  const value = device && read(device)
  if (value === undefined) return undefined
  return {
    address: `device.${what}`,
    label: `${device!.name}: ${label}`,
    value,
    unit: '',
    inputs: [],
    origin: 'device',
    ...(device!.source ? { source: device!.source } : {}),
  }
}

/** A setting or quantity of the first block of that name, in that folder or with that trait which has it; or how many layers hold one. */
function explainOfBlock(
  whose: string,
  what: string,
  { model, workload }: Subject,
): Derivation | undefined {
  const held = placements(model).filter(
    ({
      block: {
        formulas: { name, folder, is },
      },
    }) => [name, folder, is].includes(whose),
  )
  if (what === 'layers') return held.length === 0 ? undefined : countLayers(whose, held)
  const occasion = model.has_steps ? 'decode' : 'prefill'
  for (const placement of held) {
    const open = openBlock(placement.block, passAt(placement, occasion, model, workload), occasion)
    if (open.settings.some(({ name }) => name === what)) return explainSetting(open, what)
    const definition = open.about.definitions.find(({ name }) => name === what)
    if (definition) return explainDefinition(open, definition)
  }
  return undefined
}

const countLayers = (whose: string, held: readonly Placement[]): Derivation => ({
  address: `${whose}.layers`,
  label: 'Layers that hold one',
  value: held.reduce((sum, { layers }) => sum + layers, 0),
  unit: '',
  inputs: [],
  origin: 'given',
})
