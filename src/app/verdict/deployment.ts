/** The machine as a deployment document, and how many devices it is. */
import type { Deployment } from '../../engine/deploy/complete.ts'
import type { Machine } from '../state/session.ts'

/** Degrees that say how many devices there are. */
const sides = ['tp', 'pp', 'dp', 'cp'] as const

/** Degrees alone say how many devices there are, as on the command line. */
export function countOf(machine: Machine): number {
  const product = sides.reduce((product_of, name) => product_of * (machine[name] ?? 1), 1)
  return machine.devices === 1 ? product : machine.devices
}

/** Devices that work side by side on a step of one sequence, at most: stages wait for each other, copies have sequences of their own. */
export function besideEachOther(machine: Machine): number {
  const { pp, dp, ep, tp, dp_attention } = machine
  const isCopied = !dp_attention && (ep ?? 1) <= (tp ?? 1)
  return countOf(machine) / (pp ?? 1) / (isCopied ? (dp ?? 1) : 1)
}

/** The rest of the devices is tensor parallel, which is left unsaid where nothing else is said. */
export function cut(machine: Machine, to: Partial<Pick<Machine, (typeof sides)[number]>>): Machine {
  const devices = countOf(machine)
  const { pp, dp, cp } = { ...machine, ...to }
  const others = (pp ?? 1) * (dp ?? 1) * (cp ?? 1)
  const tp = others === 1 ? null : Math.max(1, Math.floor(devices / others))
  return { ...machine, ...to, devices, tp }
}

/** What is wrong with it the engine says. */
export function deploymentOf(machine: Machine): Deployment {
  const { device, runtime, settings, dp_attention, tp, pp, dp, ep, cp } = machine
  const degrees = Object.entries({ tp, pp, dp, ep, cp }).filter(([, degree]) => degree !== null)
  return {
    device,
    devices: countOf(machine),
    parallel: { ...Object.fromEntries(degrees), ...(dp_attention && { dp_attention }) },
    runtime: runtime === 'none' ? runtime : { name: runtime, ...settingsIn(settings) },
  }
}

/** `memory_share=0.95,sequences=256`. */
export function settingsIn(text: string | null): Record<string, string | number> {
  const pairs = (text ?? '').split(',').filter((each) => each.includes('='))
  return Object.fromEntries(
    pairs.map((each) => {
      const [name, value] = each.split('=', 2).map((part) => part.trim()) as [string, string]
      return [name, value !== '' && Number.isFinite(Number(value)) ? Number(value) : value]
    }),
  )
}

/** Null where none is chosen. */
export const settingsText = (chosen: Readonly<Record<string, string | number>>): string | null =>
  Object.entries(chosen)
    .map(([name, value]) => `${name}=${value}`)
    .join() || null
