/** Runs the command line as a person does: a process of its own, from the sources. */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const entry = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))
export const nodeArguments = ['--import', import.meta.resolve('tsx'), entry]

export interface Ran {
  status: number | null
  out: string
  err: string
}

export interface Circumstances {
  input?: string | Buffer
  env?: Record<string, string>
  cwd?: string
}

/** Waits for `command` to end; the caller judges its exit status. */
export function runProcess(
  command: string,
  args: readonly string[],
  { input = '', env = {}, cwd }: Circumstances = {},
): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, NO_COLOR: '', FORCE_COLOR: undefined, ...env },
    })
    let [out, err] = ['', '']
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
    child.on('error', reject)
    child.on('close', (status) => resolve({ status, out, err }))
    // A program may end before it has read all of its input.
    child.stdin.on('error', () => undefined)
    child.stdin.end(input)
  })
}

export const archcost = (words: readonly string[], circumstances?: Circumstances): Promise<Ran> =>
  runProcess(process.execPath, [...nodeArguments, ...words], circumstances)
