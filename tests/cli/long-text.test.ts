/** Whatever a person writes is taken apart in a time that grows with its length, not with its square. */
import { expect, test } from 'vitest'
import { answer } from '../../src/cli/batch-line.ts'
import { readAxes, splitQuantities, withSet } from '../../src/cli/ask-options.ts'
import { readDeployment } from '../../src/cli/deployment-options.ts'
import { splitList } from '../../src/cli/pairs.ts'
import { readDevice } from '../../src/cli/device.ts'
import { scanJson } from '../../src/cli/scan-json.ts'
import { splitChanges } from '../../src/cli/scenario-changes.ts'
import { alignedTable, csv, markdown } from '../../src/cli/table.ts'
import { readStep } from '../../src/cli/transform-steps.ts'
import { visible } from '../../src/cli/visible.ts'
import { readWorkload } from '../../src/cli/workload-options.ts'
import { wrapped } from '../../src/cli/wrap.ts'
import { readSpace } from '../../src/engine/ask/search/space.ts'
import { parseConstraint } from '../../src/engine/ask/quantity/constraints.ts'
import { parseMeasure } from '../../src/engine/ask/quantity/measures.ts'
import { explain } from '../../src/engine/explanations.ts'
import { prepare } from '../../src/engine/index.ts'
import { parseQuantity } from '../../src/engine/read-number.ts'
import { findSetting, parseRange, parseValue } from '../../src/engine/vary/index.ts'
import { parseExpression } from '../../src/formulas/parse.ts'
import { parseYaml } from '../../src/formulas/yaml.ts'
import { loadModel } from '../../src/import/catalog/index.ts'
import { importConfig } from '../../src/import/index.ts'
import { readJson } from '../../src/import/json.ts'
import { readHeader, verify, type Tensor } from '../../src/import/verify/index.ts'
import { sift } from '../../src/app/parts/sift.ts'
import { symbolParts } from '../../src/app/derivation/symbol.ts'
import { slotFromText } from '../../src/app/import/read.ts'

const { architecture } = await loadModel('mixtral-8x7b')
const model = prepare(architecture)
const design = { architecture, workload: {} }
const context = findSetting(architecture, 'context')
const tensor = (name: string): Tensor => ({ name, dtype: 'BF16', shape: [4], bytes: 8 })

const readers: Record<string, (text: string) => unknown> = {
  'a number': parseQuantity,
  'a value': (text) => parseValue(context, text),
  'a range': (text) => parseRange(context, text),
  'a choice': (text) => parseValue(findSetting(architecture, 'pairs'), text),
  'a setting': (text) => findSetting(architecture, text),
  'a quantity': (text) => parseMeasure(architecture, text),
  'a condition': (text) => parseConstraint(architecture, text),
  'a quantity to open': (text) => explain(model, {}, text),
  'a list of a scenario': (text) => explain(model, {}, 'distinct-experts.distinct', { set: { top_k: text } }),
  '--set': (text) => withSet(design, text),
  '--set of a scenario': (text) => splitChanges(architecture, ['roofline.seconds', text], text),
  '--over': (text) => readAxes('--over', text),
  '--of': splitQuantities,
  'a list': splitList,
  '--on': (text) => readDeployment({ on: text }),
  'a device': readDevice,
  '--dtype': (text) => readWorkload({ dtype: text }),
  '--context': (text) => readWorkload({ context: text }),
  'a transform': readStep,
  'a cell': (text) => [alignedTable([{ cells: [text, text] }], (_, line) => line), csv([[text]]), markdown([text], [[text]])],
  'a name': visible,
  'a paragraph': (text) => wrapped(text),
  'an expression': (text) => parseExpression(text),
  YAML: (text) => parseYaml(`a: ${text}`),
  'a line of batch': (text) => answer({ text }),
  'a value in a line of batch': (text) => answer({ text: JSON.stringify({ id: text, config: { model_type: text } }) }),
  'a key in a line of batch': (text) => answer({ text: JSON.stringify({ [text]: 1 }) }),
  JSON: readJson,
  'JSON as it is written': (text) => scanJson(text, 'config'),
  'a key of a config': (text) => importConfig({ model_type: 'llama', hidden_size: 64, num_hidden_layers: 2, num_attention_heads: 4, vocab_size: 9, [text]: 5 }),
  'a value of a config': (text) => importConfig({ model_type: 'llama', _name_or_path: text, hidden_act: text, torch_dtype: text, hidden_size: 64, num_hidden_layers: 2, num_attention_heads: 4, vocab_size: 9 }),
  'a header of tensors': (text) => readHeader(JSON.stringify({ [text]: { dtype: text, shape: [4], data_offsets: [0, 8] } }), 8, 'file'),
  'the name of a tensor': (text) => verify(model, [tensor(text), tensor(`${text}.layers.0.${text}`)], { bits: 4 }),
  'a search on the page': (text) => sift([{ text: 'mixtral' }, { text }], text),
  'a symbol': symbolParts,
  'what is pasted into the page': (text) => slotFromText(text, null, 'A'),
  'a space': (text) => readSpace({ architecture, vary: { n_layers: text }, constraints: [text], minimise: text }),
} // prettier-ignore

const length = 100_000
const of = (unit: string, before = '', after = ''): string =>
  before + unit.repeat(Math.ceil(length / unit.length)) + after
const texts: readonly string[] = [
  of(' '), of(' ', 'a', 'b'), of(' ', '1', '!'), of(' ', '1,2', '\n\nx'), of(' ', 'x at', 'y'), of(' ', 'params.total', '?'), of(' ', 'params.total <=', '\n\n1'),
  of('\n', 'a', 'b'), of('\t', 'a', 'b'), of(' \n', 'a', 'b'), of('1', '', '!'), of('1', '1.', '!'), of('1,', '', '!'), of('_', '1'), of('1.', '', '!'), of('a '), of('1 ', '', '!'),
  of('a at '), of(' at '), of('at'), of('@', 'a'), of(','), of(', ', '1'), of('=', 'a'), of('a=1,'), of('a=1 '), of('.', 'a'), of('..', '1'), of('1..', '', '\n\n:'), of('..x', 'a', ':\n\nb'), of(':', '1..2'),
  of('<', 'a'), of('<=', 'a'), of('a<b '), of('multiple of '), of('a multiple'), of(' is a', 'x'), of('*', '1'), of('1*'), of('2x'), of('(', 'a'), of('a(', '', ')'), of('[', 'a'), of('[', '', ''), of('{', '', ''), of('[]'), of('[0].', 'a'),
  of('"'), of('\\'), of('\\"', '"'), of('"a":'), of('{"a":'), of('-'), of('- '), of('--', 'a'), of('/'), of('a/'), of('|'), of('#'), of(' #', 'a'), of('&a '), of('*a '), of('!'), of('!a '), of("'"), of('% '), of('? '), of(': '), of('a: '), of('a: b\n'), of('a:\n'), Array.from({ length: length / 8 }, (_, place) => `k${place}: 1\n`).join(''),
  of('layers.0.', '', '\n\n'), of('.layers', 'a'), of('layers', 'a', '.0'), of('nextn.', '', '\n'), of('norm', 'a', '!'), of('_norm'), of('a_'), of('q4_k'), of('é'), of('\u202e'), of('🦙'), of('\ud800'), of('e', '1'), of('1e'), of('bits', '4'), of('0', '4.', 'bit'),
] // prettier-ignore

// A reader that takes the square of the length needs ten seconds and more; the slowest, of YAML with 50,000 mistakes, one.
test.each(Object.keys(readers))(
  '%s',
  async (name) => {
    for (const text of texts) {
      const begin = process.cpuUsage()
      try {
        await readers[name]!(text)
      } catch (error) {
        expect((error as Error).name).toMatch(
          /^(ArchcostError|NumberError|UsageError|CommandError|Error)$/,
        )
      }
      const { user, system } = process.cpuUsage(begin)
      expect(
        user + system,
        `microseconds for ${text.length} characters: ${JSON.stringify(text.slice(0, 20))} … ${JSON.stringify(text.slice(-10))}`,
      ).toBeLessThan(4_000_000)
    }
  },
  300_000,
)
