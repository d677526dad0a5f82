/** Runs the command line as a person does: in a process of its own. */
import { spawn } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** When the youngest file of a folder was written. */
const youngest = (folder: string): number =>
  Math.max(
    ...readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs),
  )

/** The built program starts several times faster; from the sources it is never out of date. */
const built = join(root, 'dist/cli/archcost.js')
const isFresh = existsSync(built) && statSync(built).mtimeMs > youngest(join(root, 'src'))
export const nodeArguments = isFresh
  ? [built]
  : ['--import', import.meta.resolve('tsx'), join(root, 'src/cli/main.ts')]

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
