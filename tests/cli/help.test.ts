/** The examples that --help shows are run, each in a folder with the files it speaks of. */
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commands } from '../../src/cli/run.ts'
import { llama, llamaShapes, tensors } from '../import/verify/checkpoints.ts'
import { archcost, nodeArguments } from './archcost.ts'
import { writeSafetensors } from './safetensors-file.ts'
import { runLine } from './shell-line.ts'

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'archcost-'))
  const config = readFileSync('src/import/catalog/configs/llama-3.1-8b.json', 'utf8')
  writeFileSync(join(folder, 'config.json'), config)
  writeFileSync(
    join(folder, 'lines.ndjson'),
    `${JSON.stringify({ id: 1, config: JSON.parse(config) })}\n`,
  )
  writeFileSync(
    join(folder, 'space.yaml'),
    'model: llama-3.1-8b\nvary: {n_layers: 30..32}\nminimise: flops.decode\n',
  )
  mkdirSync(join(folder, 'docs'))
  symlinkSync(resolve('formulas'), join(folder, 'formulas'))
  mkdirSync(join(folder, 'checkpoint'))
  writeFileSync(join(folder, 'checkpoint/config.json'), JSON.stringify(llama.config))
  writeSafetensors(join(folder, 'checkpoint/model.safetensors'), tensors(llamaShapes()))
  const words = [process.execPath, ...nodeArguments].map((word) => `'${word}'`).join(' ')
  writeFileSync(join(folder, 'archcost'), `#!/bin/sh\nexec ${words} "$@"\n`)
  chmodSync(join(folder, 'archcost'), 0o755)
})

afterAll(() => rmSync(folder, { recursive: true }))

describe.each(Object.keys(commands))('%s', async (name) => {
  const { command } = await commands[name]!.load()

  test('its help shows usage, options and examples', async () => {
    const { status, out } = await archcost([name, '--help'])
    expect(status).toBe(0)
    expect(out).toContain(`Usage: archcost ${name}`)
    for (const option of Object.keys(command.options)) expect(out).toContain(`--${option}`)
    for (const { run } of command.examples) expect(out).toContain(run)
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(160)
  })

  test.each(command.examples)('$run', async ({ run }) => {
    const env = { PATH: `${folder}${delimiter}${process.env['PATH']}` }
    const { status, out, err } = await runLine(run, folder, env)
    expect(err.includes('archcost:') ? err : '').toBe('')
    expect(status).toBe(0)
    const target = / > (\S+)$/.exec(run)?.[1]
    expect(target === undefined ? out : readFileSync(join(folder, target), 'utf8')).not.toBe('')
  })
})
