/** Runs a line that is written for a shell, as help and README show them, in this process. */
import { readFileSync, writeFileSync } from 'node:fs'
import { archcost, runProcess, type Ran } from './archcost.ts'

/** What a stage of a line is: words in quotes of either kind, or without; files that it reads and writes. */
interface Stage {
  words: string[]
  from?: string
  to?: string
}

const tokens = /[|<>]|(?:'[^']*'|"[^"]*"|[^\s'"|<>])+/g

/** @returns null where a line wants more of a shell than words, pipes and files */
function stagesOf(line: string): Stage[] | null {
  if (/[$`\\;&*]/.test(line)) return null
  const stages: Stage[] = [{ words: [] }]
  let file: 'from' | 'to' | null = null
  for (const [token] of line.matchAll(tokens)) {
    const stage = stages.at(-1)!
    const word = token.replace(/'([^']*)'|"([^"]*)"/g, (_, single, double) => single ?? double)
    if (token === '|') stages.push({ words: [] })
    else if (token === '<') file = 'from'
    else if (token === '>') file = 'to'
    else if (file === null) stage.words.push(word)
    else {
      stage[file] = word
      file = null
    }
  }
  return stages.every(({ words }) => words[0] === 'archcost') ? stages : null
}

/**
 * Runs `archcost … | archcost … > FILE` in a folder; a line that wants more of a shell is run by one, which finds `archcost`
 * by its PATH in `env`.
 */
export async function runLine(
  line: string,
  folder: string,
  env: Record<string, string> = {},
): Promise<Ran> {
  const stages = stagesOf(line)
  if (stages === null) return runProcess('sh', ['-c', line], { cwd: folder, env })
  const before = process.cwd()
  process.chdir(folder)
  try {
    let ran: Ran = { status: 0, out: '', err: '' }
    let said = ''
    for (const { words, from, to } of stages) {
      const input = from === undefined ? ran.out : readFileSync(from)
      ran = await archcost(words.slice(1), { input, env })
      said += ran.err
      if (to === undefined) continue
      writeFileSync(to, ran.out)
      ran.out = ''
    }
    return { ...ran, err: said }
  } finally {
    process.chdir(before)
  }
}
