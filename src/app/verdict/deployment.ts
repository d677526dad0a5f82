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
function settingsIn(text: string | null): Record<string, string | number> {
  const pairs = (text ?? '').split(',').filter((each) => each.includes('='))
  return Object.fromEntries(
    pairs.map((each) => {
      const [name, value] = each.split('=', 2).map((part) => part.trim()) as [string, string]
      return [name, value !== '' && Number.isFinite(Number(value)) ? Number(value) : value]
    }),
  )
}
