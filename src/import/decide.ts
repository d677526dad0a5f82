/** Which family a config is of: `model_type` says it, and where it does not fit the class that is built, the class. */
import { buildsType, isKnownType, modelClass, typeOfClass, type ModelClass } from './classes.ts'

export interface Decision {
  model_type: string | null
  /** The class that the config names, if it names one. */
  built: ModelClass | null
  /** Why the two do not simply agree. */
  doubt: string | null
}

/**
 * @param architectures as the config has it: a list whose first name counts
 * @param auto_map as the config has it: classes of its own code, by what they are for
 */
export function decide(
  model_type: string | null,
  architectures: unknown,
  auto_map?: unknown,
): Decision {
  const [name] = Array.isArray(architectures) ? (architectures as unknown[]) : [architectures]
  if (typeof name !== 'string' || name === '') return { model_type, built: null, doubt: null }
  const built = modelClass(name)
  const own = typeOfClass(built)
  const shown = name.slice(0, 60)
  if (own === null) {
    const known = model_type !== null && isKnownType(model_type)
    const doubt = `The class ${shown} is not known; the config is read as ${model_type}, as its model_type says, which is not verified.`
    // Code of its own may score the vocabulary in a class that is called a model and no more.
    const scores = built.head === 'none' && namesCausal(auto_map)
    return { model_type, built: scores ? null : built, doubt: known ? doubt : null }
  }
  if (model_type !== null && buildsType(built, model_type))
    return { model_type, built, doubt: null }
  const said =
    model_type === null
      ? 'The config names no family (model_type)'
      : isKnownType(model_type)
        ? `model_type says ${model_type}`
        : `The family ${model_type.slice(0, 60)} (model_type) is not known`
  return {
    model_type: own,
    built,
    doubt: `${said}, architectures names the class ${shown}; the class decides, so it is read as ${own}.`,
  }
}

const namesCausal = (auto_map: unknown): boolean =>
  typeof auto_map === 'object' && auto_map !== null && 'AutoModelForCausalLM' in auto_map
