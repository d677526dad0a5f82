/** Sets what a document says at addresses: `d_model`, `n_layers`, `mixer.n_heads`, `mixer.except[0].window`, `mixer.position.theta`. */
import * as z from 'zod/mini'
import { pathOf } from '../vary/address.ts'
import { replaceAt } from '../vary/path.ts'
import { transformOf } from './transform.ts'

export const set = transformOf({
  name: 'set',
  title: 'Set single settings',
  about:
    'Gives settings another value, by their address as derivations show it. A setting that follows from others has that value from then on.',
  options: z.looseObject({}),
  apply: (document, values) =>
    Object.entries(values).reduce(
      (changed, [address, value]) => replaceAt(changed, pathOf(changed, address), value),
      document,
    ),
})
