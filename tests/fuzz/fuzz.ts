/** `npm run fuzz -- --door config --inputs 100000 --seed 1`: many wrong inputs on one door, or on all. */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { doors } from './doors/index.ts'

const { values } = parseArgs({
  options: {
    door: { type: 'string' },
    inputs: { type: 'string' },
    seed: { type: 'string', default: '1' },
    save: { type: 'string' },
  },
})
const names = doors.map(({ name }) => name).join(', ')
const chosen = doors.filter(({ name }) => (values.door ?? name) === name)
const seed = Number(values.seed)
const asked = values.inputs === undefined ? null : Number(values.inputs)
if (chosen.length === 0 || !Number.isInteger(seed) || (asked !== null && !(asked > 0))) {
  console.error(`--door is one of ${names}; --inputs and --seed are whole numbers`)
  process.exit(2)
}

let failed = false
for (const { name, inputs, fuzz } of chosen) {
  const all = asked ?? inputs
  const start = process.cpuUsage()
  const found = await fuzz({
    inputs: all,
    seed,
    report: ({ what, input, seed: own }) =>
      console.log(`\n${name}, seed ${own}: ${what}\n  ${input.slice(0, 2000)}`),
    tell: (tried) => process.stderr.isTTY && process.stderr.write(`\r${name}: ${tried} of ${all}`),
  })
  const { user, system } = process.cpuUsage(start)
  const seconds = (user + system) / 1e6
  const rate = Math.round(all / seconds)
  console.log(
    `${name}: ${all} inputs from seed ${seed}, ${found.length} findings; ${seconds.toFixed(0)} s of CPU, ${rate} a second`,
  )
  if (found.length > 0 && values.save !== undefined)
    writeFileSync(values.save, found.map(({ input }) => `${input}\n`).join(''))
  failed ||= found.length > 0
}
// Servers and timers of a door that failed must not keep it from ending.
process.exit(failed ? 1 : 0)
