/** What a budget of the form asks of the engine. */
import { briefOf, usualNear, type Brief } from '../../engine/ask/size/brief.ts'
import { findDevice } from '../../engine/hardware.ts'
import type { Design } from '../../engine/vary/index.ts'
import type { Budget } from './budget.ts'

export interface Asked {
  brief: Brief
  /** Active parameters where none are asked for; null where the family has no experts. */
  usual_active: number | null
}

export function askedOf(budget: Budget, family: Design): Asked {
  const { of, target, active, device, goal, grain } = budget
  const of_parameters = of === 'params.total'
  const allowed = device === null ? null : findDevice(device).visible
  const brief = briefOf({
    family,
    params: of_parameters ? target : null,
    active: null,
    memory: of_parameters ? allowed : target,
    minimise: goal,
    multiple_of: grain,
    near: usualNear,
  })
  const usual_active = brief.active
  // What a link asks of experts stays in it while a family without them is looked at.
  return { brief: { ...brief, active: usual_active && (active ?? usual_active) }, usual_active }
}
