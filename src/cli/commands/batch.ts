/** `archcost batch`: a line of JSON in, a line of JSON out, however many there are. */
import { workloadKeys } from '../../formulas/index.ts'
import { answer, longestLine } from '../batch-line.ts'
import type { Command } from '../command.ts'
import { linesOf } from '../lines.ts'
import { print } from '../output.ts'
import { standardInput } from '../read-text.ts'
import { wrapped } from '../wrap.ts'

export const command: Command = {
  operands: '',
  takes: { min: 0, max: 0 },
  about: [
    'Reads lines {"id": …, "config": {…} | "architecture": {…}, "workload": {…}} from standard input',
    'and writes a line {"id": …, "cost": {…}} or {"id": …, "error": {"code": …, "message": …}} for each, in order.',
    'Ends with status 1 if any line failed. Blank lines are passed over; a line has at most 4 MiB.',
    '',
    ...wrapped(
      `workload (optional): ${workloadKeys.map(({ name }) => name).join(', ')}. weights are formats by role, as {"experts": "mxfp4", "default": "bf16"}; bytes_per_weight in their place is one number for all.`,
    ),
    'Codes: invalid_json, invalid_config, invalid_architecture, invalid_workload, unsupported.',
  ].join('\n'),
  options: {},
  examples: [
    {
      run: `printf '%s\\n' '{"id": 1, "config": {"model_type": "gpt2", "n_embd": 768, "n_layer": 12, "n_head": 12}}' | archcost batch`,
      about: 'GPT-2 by its widths',
    },
    {
      run: 'archcost batch < lines.ndjson > results.ndjson',
      about: 'a file of any length, in constant memory',
    },
  ],
  async run() {
    let failed = false
    for await (const lines of linesOf(standardInput(), longestLine)) {
      for (const line of lines) {
        const { text, ok } = answer(line)
        failed ||= !ok
        await print(`${text}\n`)
      }
    }
    return failed ? 1 : 0
  },
}
