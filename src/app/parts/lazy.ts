/** Parts of the page that are loaded when they are first drawn, or before by `load`. */
import {
  createElement,
  lazy,
  memo,
  useState,
  type ComponentType,
  type FunctionComponent,
} from 'react'

type Late<Props> = FunctionComponent<Props> & { load: () => Promise<void> }

/** A component by its name in a module. One that is there already stands at once, and nothing waits in its place. */
export function lazyNamed<Name extends string, Props extends object>(
  module: () => Promise<Record<Name, ComponentType<Props>>>,
  name: Name,
): Late<Props> {
  let there: ComponentType<Props> | null = null
  const load = async (): Promise<void> => {
    try {
      there = (await module())[name]
    } catch {
      // What cannot be fetched is said where it is drawn.
    }
  }
  // Props that are not known here its type cannot tell apart.
  const Waiting = lazy(async () => ({
    default: (await module())[name],
  })) as unknown as FunctionComponent<Props>
  function Part(props: Props) {
    // Chosen once: another component in its place would begin anew.
    const [Chosen] = useState(() => there ?? Waiting)
    return createElement(Chosen, props)
  }
  return Object.assign(memo(Part), { load })
}
