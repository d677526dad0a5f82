/** A copy of the project that has a file, a convention and a total more under formulas/, and nothing else changed. */
import { spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const mechanism = `block: average-mixer
title: Running average
about: Every token takes the average of a projection of all tokens so far. Only the sum is kept.
sources:
  average:
    title: A running average
    url: https://example.org/average
settings:
  width:
    label: Averaged width
    symbol: w
    type: count
    default: 2 * d_model
quantities:
  params:
    counts: parameter
    source: average
    sum:
      in_and_out:
        role: state
        cut: none
        expr: 2 * d_model * width
  flops:
    unit: FLOP
    sum:
      in_and_out:
        kind: linear
        cut: none
        expr: flops_per_mac * n_new * params.in_and_out * if(counting == "twice", 2, 1)
  cache_bytes:
    unit: byte
    sum:
      running_sum:
        grows: fixed
        cut: none
        holds: state
        expr: width * bytes_per_state
zero: [setup_flops, elementwise_flops, activation_bytes]
examples:
  - of: a width of 8
    given:
      d_model: 4
      n_new: 1
    expect:
      params: 64
      flops: 128
`

const convention = `  counting:
    type: choice
    label: How averages are counted
    short: Averages
    about: How averages are counted.
    group: convention
    of:
      once:
        label: Once
        about: As they are.
      twice:
        label: Twice
        about: There and back.
        words: averages counted twice
`

const total = `  params.averaged:
    group: params
    label: Parameters of averages
    short: In averages
    occasion: model
    adds: [params]
    class: state
`

/** Three layers of the mechanism, the first one narrower: 16 + 64 + 64 parameters. */
export const averages = {
  name: 'Averages',
  d_model: 4,
  max_context: 64,
  stacks: [
    {
      role: 'decoder',
      n_layers: 3,
      input: [],
      layer: [
        { name: 'mixer', block: 'average-mixer', except: [{ layers: { first: 1 }, width: 2 }] },
      ],
      output: [],
    },
  ],
}

interface Result {
  stdout: string
  stderr: string
  status: number | null
}

export interface Copy {
  folder: string
  /** Node in the copy, with these arguments. */
  run: (...args: string[]) => Result
  /** What the copy's own command line prints; it is built when it is first asked for. */
  archcost: (...args: string[]) => string
  remove: () => void
}

/** Writes an entry at the end of a file, or before what comes after its list. */
function append(file: string, entry: string, before = /$(?![^])/): void {
  writeFileSync(
    file,
    readFileSync(file, 'utf8').replace(before, (next) => entry + next),
  )
}

/** What a process printed that ended well. */
export function succeed({ stdout, stderr, status }: Result): string {
  if (status !== 0) throw new Error(stderr)
  return stdout
}

/** @param further what is copied beside the sources and the formulas */
export function withMechanism(...further: string[]): Copy {
  const folder = mkdtempSync(join(tmpdir(), 'archcost-mechanism-'))
  const run = (...args: string[]): Result =>
    spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' })
  const parts = ['src', 'formulas', 'package.json', 'tsconfig.json', 'vite.config.ts', ...further]
  for (const part of parts) cpSync(part, join(folder, part), { recursive: true })
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'))
  writeFileSync(join(folder, 'formulas/mixers/average-mixer.yaml'), mechanism)
  append(join(folder, 'formulas/contract.yaml'), convention, /^questions:/m)
  append(join(folder, 'formulas/totals.yaml'), total)
  writeFileSync(join(folder, 'averages.json'), JSON.stringify(averages))
  succeed(run('--import', 'tsx', 'src/formulas/write.ts'))
  const program = join(folder, 'dist/cli/archcost.js')
  const archcost = (...args: string[]): string => {
    if (!existsSync(program)) succeed(run('node_modules/vite/bin/vite.js', 'build', '--ssr'))
    const { stdout, stderr } = run(program, ...args)
    return stdout + stderr
  }
  return { folder, run, archcost, remove: () => rmSync(folder, { recursive: true }) }
}
