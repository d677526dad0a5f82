/** Runs the command line: in this process, which takes milliseconds, or as a person does, in one of its own. */
import { spawn } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { program } from '../../src/cli/program.ts'
import { within, type Output, type Surroundings } from '../../src/cli/surroundings.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** When the youngest file of a folder was written. */
const youngest = (folder: string): number =>
  Math.max(
    ...readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs),
  )

/** The built program starts several times faster; from the sources it is never out of date. */
export const built = join(root, 'dist/cli/archcost.js')
export const isFresh = existsSync(built) && statSync(built).mtimeMs > youngest(join(root, 'src'))
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

/** In a process of its own. */
export const archcostProcess = (
  words: readonly string[],
  circumstances?: Circumstances,
): Promise<Ran> => runProcess(process.execPath, [...nodeArguments, ...words], circumstances)

/** Keeps what is written to it. */
class Kept extends Writable {
  readonly #parts: Buffer[] = []

  override _write(part: Buffer, _encoding: string, done: () => void): void {
    this.#parts.push(part)
    done()
  }

  get text(): string {
    return Buffer.concat(this.#parts).toString()
  }
}

interface Given {
  input?: string | Buffer
  env?: Record<string, string>
  /** In the place of a stream of `input`. */
  stdin?: Readable
  /** In the place of one that is kept. */
  stdout?: Output
}

/** Surroundings of a run in this process, and what it has written so far. */
export function surroundingsOf({
  input = '',
  env = {},
  stdin = Readable.from(input.length > 0 ? [Buffer.from(input)] : []),
  stdout,
}: Given): { there: Surroundings; written: () => { out: string; err: string } } {
  const [out, err] = [new Kept(), new Kept()]
  return {
    there: {
      stdin,
      stdout: stdout ?? out,
      stderr: err,
      env: { ...process.env, NO_COLOR: '', ...env },
    },
    written: () => ({ out: out.text, err: err.text }),
  }
}

/** In this process: the same words, input and environment give the same output and status. */
export async function archcost(words: readonly string[], given: Given = {}): Promise<Ran> {
  const { there, written } = surroundingsOf(given)
  const status = await within(there, () => program(words))
  return { status, ...written() }
}
