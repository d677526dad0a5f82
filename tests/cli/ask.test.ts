/** Asking backwards on the command line: output for people and for programs, and what is said where nothing fits. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { archcost } from './archcost.ts'

const folder = mkdtempSync(join(tmpdir(), 'archcost-ask-'))
afterAll(() => rmSync(folder, { recursive: true }))

const words = (line: string): string[] => line.split(' ')
const run = async (line: string): Promise<string> => {
  const { status, out, err } = await archcost(words(line))
  expect(err).toBe('')
  expect(status).toBe(0)
  return out
}

describe('sweep', () => {
  test('prints a table, with what follows', async () => {
    const out = await run(
      'sweep llama-3.1-8b --over d_model=4Ki,8Ki --hold ffn_ratio,d_head --of params.total,n_heads,ffn.d_ff',
    )
    expect(out.split('\n').map((line) => line.trim().split(/\s+/))).toEqual([
      ['d_model', 'params.total', 'n_heads', 'ffn.d_ff'],
      ['4,096', '8,030,261,248', '8.030B', '32', '14,336'],
      ['8,192', '30,019,166,208', '30.02B', '64', '28,672'],
      [''],
    ])
  })

  test('prints CSV and lines of JSON for several models', async () => {
    const line = 'sweep llama-2-7b llama-3.1-8b --over context=1024,2048 --of cache.bytes'
    expect(await run(`${line} --format csv`)).toBe(
      'model,context,cache.bytes\nllama-2-7b,1024,536870912\nllama-2-7b,2048,1073741824\nllama-3.1-8b,1024,134217728\nllama-3.1-8b,2048,268435456\n',
    )
    const rows = (await run(`${line} --format ndjson`))
      .trimEnd()
      .split('\n')
      .map((each) => JSON.parse(each) as object)
    expect(rows[3]).toEqual({ model: 'llama-3.1-8b', context: 2048, 'cache.bytes': 268435456 })
    expect(JSON.parse(await run(`${line} --format json`))).toEqual(rows)
  })

  test('walks a setting of a scenario', async () => {
    const out = await run(
      'sweep deepseek-v3 --over expert-parallelism.ep=64,256 --of expert-parallelism.params_per_rank --format csv',
    )
    // Of DeepSeek-V3: four experts of 44,040,192 on each of 64 ranks, one of 256, beside a shared one and the router.
    expect(out).toBe(
      'model,expert-parallelism.ep,expert-parallelism.params_per_rank\ndeepseek-v3,64,222035968\ndeepseek-v3,256,89915392\n',
    )
  })

  test('leaves out what makes no design, and says why', async () => {
    const { status, out, err } = await archcost(
      words('sweep llama-3.1-8b --over n_kv_heads=4,5,8 --of cache.bytes --format csv'),
    )
    expect(status).toBe(0)
    expect(out.split('\n')).toHaveLength(4)
    expect(err).toContain(
      'One value is left out; with n_kv_heads 5, mixer: 32 query heads cannot be shared evenly by 5',
    )
  })

  test.each([
    ['sweep llama-3.1-8b', 2, /--over is missing/],
    ['sweep llama-3.1-8b --over context', 2, /takes NAME=VALUE/],
    ['sweep llama-3.1-8b --over contxt=1,2', 1, /did you mean context/],
    ['sweep mixtral-8x7b --over expert-parallelism.ep=1,2', 1, /would change nothing/],
    ['sweep mixtral-8x7b --over batch=1 --set expert-parallelism.ep=2', 1, /with what is asked/],
    ['sweep llama-3.1-8b --over n_kv_heads=5', 1, /no value makes a design/],
    ['solve llama-3.1-8b --target params.total=1', 2, /--vary is missing/],
    ['solve llama-3.1-8b --vary d_model', 2, /needs --target/],
    ['solve llama-3.1-8b --vary d_model --target params.total', 2, /takes NAME=VALUE/],
    ['solve llama-3.1-8b --vary a,b --target params.total=1', 2, /--vary names 2 and --target 1/],
    [
      'solve llama-3.1-8b --vary d_model --target params.total=5 --side below',
      1,
      /no value brings params.total down to 5; the nearest is/,
    ],
    [
      'solve llama-3.1-8b --vary context --on a100-sxm',
      1,
      /may be NVIDIA A100 SXM 80GB, NVIDIA A100 SXM 40GB; say which/,
    ],
    [
      'solve gemma-3-12b --vary window --target cache.bytes=2GiB --context 128k',
      1,
      /no value of mixer.window brings cache.bytes down to 2,147,483,648; the nearest is 1, which gives/,
    ],
    ['solve llama-3.1-8b --vary d_model --target params=-5', 2, /params: "-5" is below 0/],
    ['solve llama-3.1-8b --vary d_model --target params=13GB', 2, /is a number of bytes/],
    ['solve llama-3.1-8b --vary d_model --target params=nan', 2, /"nan" is not a number/],
    ['solve llama-3.1-8b --vary d_model --target prams=1', 1, /did you mean params\?/],
    [
      'solve llama-3.1-8b --vary d_model --target params=1e9 --from 9 --to 8',
      2,
      /--from 9 is above --to 8/,
    ],
    ['solve llama-3.1-8b --vary context --on 0xL40S', 2, /--on: "0" is below 1/],
    [
      'solve llama-3.1-8b --vary context --target params=9e9',
      1,
      /no value of context brings params.total up to 9,000,000,000; all that make a design give 8,030,261,248/,
    ],
    [
      'solve llama-3.1-8b --vary d_model --target params=1e308',
      2,
      /params: 1e308 is beyond 1e\+30/,
    ],
    [
      'solve llama-3.1-8b --vary d_model --target params=1e29 --hold d_head',
      1,
      /up to 1.00000e\+29; the nearest is 1,000,000,000,000/,
    ],
    [
      'solve llama-3.1-8b --vary d_model,d_model --target params=1e9,params=2e9',
      2,
      /--vary names d_model twice/,
    ],
    [
      'solve llama-3.1-8b --vary d_model --over d_model=1..2 --target params=1e9',
      2,
      /--over walks d_model/,
    ],
    [
      'solve llama-3.1-8b --vary d_model --over n_heads=7,9 --hold d_head --target params=1 --side below',
      1,
      /no value makes a design that can be solved for/,
    ],
    ['counterpart llama-3.1-8b --global', 1, /no window or chunk to open/],
    ['counterpart llama-3.1-8b --untied', 1, /no tied head/],
    ['counterpart llama-3.1-8b', 2, /say one of --dense/],
    ['counterpart llama-3.1-8b --dense', 1, /no mixture of experts/],
    ['counterpart llama-3.1-8b --mla --equal active', 2, /--equal goes with --dense/],
    ['sensitivity llama-3.1-8b params.totl', 1, /did you mean params.total/],
    ['search nowhere.yaml', 1, /there is no file nowhere.yaml/],
  ])('%s is refused', async (line, expected, message) => {
    const { status, err } = await archcost(words(line))
    expect(err).toMatch(message)
    expect(status).toBe(expected)
  })
})

describe('solve', () => {
  test('says the value, the residual, and what followed', async () => {
    const out = await run(
      'solve llama-3.1-8b --vary d_model --target params.total=13e9 --hold ffn_ratio,d_head',
    )
    expect(out).toMatch(
      /^d_model +5,120\nparams.total +12,218,864,640 .*\ntarget .*\nresidual +-781,135,360 +-781.1M, -6.01%\n/,
    )
    expect(out).toMatch(/mixer.n_heads +32 +-> +40\n/)
  })

  test('gives the document to any other command', async () => {
    const { out } = await archcost(
      words('solve llama-3.1-8b --vary n_layers --target params.total=4e9 --format architecture'),
    )
    const cost = await archcost(words('cost - --format json'), { input: out })
    const { answer } = JSON.parse(
      await run('solve llama-3.1-8b --vary n_layers --target params.total=4e9 --format json'),
    ) as { answer: number }
    expect((JSON.parse(cost.out) as { params: { total: number } }).params.total).toBe(answer)
  })

  test('finds the longest context of a deployment, which fit tells too, and says that it is beyond what the model is made for', async () => {
    const on = '--on 2xL40S --batch 2'
    const { max_context } = JSON.parse(await run(`fit llama-3.1-8b ${on} --format json`)) as {
      max_context: number
    }
    const out = await run(`solve llama-3.1-8b --vary context ${on}`)
    expect(out).toMatch(new RegExp(`^context +${max_context.toLocaleString('en')}\\n`))
    expect(out).toContain('The model is made for a context of 131,072 at most.')
  })

  test('says what a rank of the deployment may take', async () => {
    expect(await run('solve llama-3.1-8b --vary batch --on 2xL40S')).toMatch(
      /A rank of 2 x NVIDIA L40S, tp 2, no runtime may take 4\d\.\d+ GiB\./,
    )
  })

  test('meets a target of what fits', async () => {
    const { out } = await archcost(words('solve llama-3.1-8b --vary context --target fit.max_batch=16 --on L40S --format json')) // prettier-ignore
    expect(JSON.parse(out)).toMatchObject({ quantity: 'fit.max_batch', answer: 16 })
  })

  test('sweeps and compares what fits', async () => {
    const swept = await run('sweep llama-3.1-8b --over context=8Ki,16Ki --of fit.max_batch,fit.per_rank.weights --on L40S --format csv') // prettier-ignore
    expect(swept).toMatch(/8192,\d+,16060522496\n.*16384,\d+,16060522496/)
    const compared = await run('compare llama-3.1-8b qwen3-8b --of fit.min_devices --on L4 --format csv') // prettier-ignore
    expect(compared).toMatch(/fit\.min_devices,1,1/)
  })

  test('says params alone, and where a target has signs of its own', async () => {
    const value = async (target: string): Promise<unknown> =>
      (
        JSON.parse(
          (
            await archcost([
              ...words('solve llama-3.1-8b --vary n_layers --format json --target'),
              target,
            ])
          ).out,
        ) as { value: unknown }
      ).value
    expect(await value('params=8030261248')).toBe(32)
    expect(await value('params.total=8030261248')).toBe(32)
    expect(await value('cache.bytes at context=8192,batch=2=2GiB')).toBe(32)
    expect(await value('bytes_read.decode at batch=2=17157349376')).toBe(32)
  })

  test('takes what is set of the scenario that its target belongs to', async () => {
    const line = ['solve', 'llama-3.1-8b', '--vary', 'batch', '--format', 'json', '--target']
    const set = await archcost([
      ...line,
      'roofline.seconds=0.05',
      '--set',
      'bandwidth_efficiency=0.5',
    ])
    const said = await archcost([...line, 'roofline.seconds at bandwidth_efficiency=0.5=0.05'])
    expect(JSON.parse(set.out)).toEqual(JSON.parse(said.out))
    const other = await archcost([...line, 'roofline.seconds=0.05'])
    expect(JSON.parse(set.out)).not.toEqual(JSON.parse(other.out))
  })

  test('draws a curve in human units beside every digit', async () => {
    const out = await run(
      'solve llama-3.1-8b --vary d_model --over n_layers=16,32 --target params=8e9 --hold ffn_ratio,d_head --show cache.bytes',
    )
    expect(out.split('\n')[2]!.trim().split(/\s{2,}/)).toEqual([
      '32', '4,096', '+0.378%', '8,030,261,248', '8.030B', '30,261,248', '30.26M', '1,073,741,824', '1.074 GB',
    ]) // prettier-ignore
  })

  test('draws a curve', async () => {
    const out = await run(
      'solve llama-3.1-8b --vary d_model --over n_layers=16,32 --target params.total=8e9 --hold ffn_ratio,d_head --format csv',
    )
    expect(out.split('\n')[2]).toBe('32,d_model,4096,params.total,8030261248,8000000000,30261248,1')
  })
})

test('a curve tells what else is asked of its designs', async () => {
  const out = await run(
    'solve llama-3.1-8b --vary d_model --over n_layers=16,32 --target params=8e9 --hold ffn_ratio,d_head --show cache.bytes,n_heads --format csv',
  )
  expect(out.split('\n')[0]).toMatch(/,cache.bytes,n_heads$/)
  // The published shape has 1 GiB of it at 8,192 tokens.
  expect(out.split('\n')[2]).toMatch(/^32,d_model,4096,.*,1073741824,32$/)
})

test('a context beyond what a model is made for is said beside comparisons and sweeps', async () => {
  const beyond =
    'Warning: gpt2: the context of 2,048 is beyond the 1,024 that the model is made for'
  const compared = await archcost('compare llama-3.1-8b gpt2 --context 2Ki --of params'.split(' '))
  expect(compared.err).toBe(`${beyond}\n`)
  const swept = await archcost('sweep gpt2 --over context=1Ki,2Ki --of params'.split(' '))
  expect(swept.err).toBe(`${beyond}\n`)
  const within = await archcost('sweep gpt2 --over context=512,1Ki --of params'.split(' '))
  expect(within.err).toBe('')
})

test('compare says why', async () => {
  const out = await run('compare llama-2-7b llama-3.1-8b --why cache.bytes --context 4096')
  expect(out).toMatch(/llama-3.1-8b +536,870,912 +536.9 MB +-1,610,612,736 +0.2500 x\n/)
  expect(out).toMatch(/mixer.n_kv_heads +Key-value heads +32 +-> +8 +-1,610,612,736 +\+100%\n/)
})

test('sensitivity is sorted', async () => {
  const rows = JSON.parse(await run('sensitivity llama-3.1-8b cache.bytes --format json')) as {
    setting: string
    elasticity: number
  }[]
  expect(rows.map(({ elasticity }) => Math.abs(elasticity))).toEqual(
    rows.map(({ elasticity }) => Math.abs(elasticity)).toSorted((a, b) => b - a),
  )
})

describe('search', () => {
  const space = (text: string): string => {
    const file = join(folder, 'space.yaml')
    writeFileSync(file, text)
    return file
  }

  test('tells what rules out what where nothing fits', async () => {
    const file = space(
      'model: llama-3.1-8b\nvary: {n_layers: 8..16, n_kv_heads: [3, 8]}\nconstraints: [params.total <= 2e9]\nminimise: flops.decode\n',
    )
    const { status, out, err } = await archcost(['search', file])
    expect([status, out]).toEqual([1, ''])
    expect(err).toContain('params.total <= 2e9 rules out 9; the nearest misses by')
    expect(err).toContain('with n_layers 8, n_kv_heads 8')
    expect(err).toContain('9 cannot be built: mixer: 32 query heads cannot be shared evenly by 3')
    expect(err).toContain('no design of the space meets every condition')
  })

  test.each([
    ['- 1', /holds no keys/],
    ['model: [', /cannot be read/],
    [
      'model: llama-3.1-8b\nvary: {n_layers: 1..3}\nminimise: flops.decode\nwhat: 1',
      /what: is no key of a space/,
    ],
    ['vary: {n_layers: 1..3}\nminimise: flops.decode', /architecture: is missing.*model may name/],
    [
      'model: llama-3.1-8b\nvary: {n_layers: 1..3}\nminimise: flops',
      /flops: is several quantities; say which: flops.prefill, flops.towers, flops.decode/,
    ],
    [
      'model: llama-3.1-8b\nvary: {n_layers: 1..3}\nconstraints: [params =< 8e9]\nminimise: flops.decode',
      /params =< 8e9: has no relation =<; write <=/,
    ],
    [
      'model: llama-3.1-8b\nvary: {n_layers: 1..3}\nminimise: [[params]]',
      /minimise\S*: a quantity or a list of quantities is expected/,
    ],
    [
      'model: llama-3.1-8b\nvary: {n_layers: 1..3}\nconstraints: [n_heads multiple of 0]\nminimise: params',
      /n_heads multiple of 0: holds for nothing/,
    ],
    [
      'model: llama-3.1-8b\nvary: {n_layers: 8..9}\nconstraints: [params <= 1e6]\nminimise: flops.decode',
      /params <= 1e6 rules out 2; the nearest misses by 2790 times what is wanted, with n_layers 8/,
    ],
    [
      'model: llama-3.1-8b\nconditions: [params <= 8e9]\nvary: {n_layers: 1..3}\nminimise: params',
      /space\.yaml › conditions: is no key of a space; expected are model, with, architecture/,
    ],
    [
      'model: llama-3.1-8b\nworkload: {contxt: 1}\nvary: {n_layers: 1..3}\nminimise: flops.decode',
      /did you mean context/,
    ],
  ])('%j is refused', async (text, message) => {
    const { status, err } = await archcost(['search', space(text)])
    expect(err).toMatch(message)
    expect(status).toBe(1)
  })
})
