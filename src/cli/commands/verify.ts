/** `archcost verify`: the tensors of a checkpoint against the architecture that its config describes. */
import { join } from 'node:path'
import { prepare } from '../../engine/index.ts'
import { readJson } from '../../import/json.ts'
import { packingOf, verify } from '../../import/verify/index.ts'
import { readCheckpoint } from '../checkpoint.ts'
import type { Command } from '../command.ts'
import { findModel } from '../model-source.ts'
import { print } from '../output.ts'
import { readText } from '../read-text.ts'
import { verificationText } from '../verification-text.ts'

export const command: Command = {
  operands: 'DIR',
  takes: { min: 1, max: 1 },
  about: [
    'Holds a checkpoint folder, a config.json beside safetensors files, against the computed architecture: layer by layer,',
    'embedding, head and the rest. Only headers are read. What is stored beyond the parameters is explained: multi-token',
    'prediction modules, a tied head stored twice, buffers, scales of quantised weights, a vision tower.',
    'Exit status 1 if anything is left unexplained.',
  ].join('\n'),
  options: {
    all: { about: 'list every layer, also where all agree' },
    format: { of: ['text', 'json'], about: 'how to print it' },
  },
  examples: [
    { run: 'archcost verify ./checkpoint', about: 'whether the config describes what is stored' },
    {
      run: 'archcost verify ./checkpoint --format json > report.json',
      about: 'for another program',
    },
  ],
  async run([folder], { all, format }) {
    const { architecture } = await findModel(join(folder!, 'config.json'))
    const checkpoint = await readCheckpoint(folder!)
    const read = readJson(await readText(join(folder!, 'config.json')))
    const packing = packingOf('value' in read ? read.value : null)
    const found = verify(prepare(architecture), checkpoint.tensors, packing)
    const { tensors, ...files } = checkpoint
    if (format === 'json')
      await print(`${JSON.stringify({ ...found, ...files, tensors: tensors.length }, null, 2)}\n`)
    else await print(verificationText(found, checkpoint, all !== undefined))
    return found.exact && checkpoint.troubles.length === 0 ? 0 : 1
  },
}
