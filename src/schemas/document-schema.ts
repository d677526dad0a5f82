/** The JSON Schema of architecture documents: their shape, and for each block the settings of its formula file. */
import * as z from 'zod'
import { architecture, blockUse, exception, sublayer } from '../architecture/schema.ts'
import { blocks, type BlockFormulas, type SettingMeta } from '../formulas/index.ts'

type Json = Record<string, unknown>

const names = Object.keys(blocks)
const reference = (name: string): Json => ({ $ref: `#/$defs/${name}` })

export function documentSchema(): Json {
  const ids = z.registry<{ id: string }>()
  ids.add(blockUse, { id: 'block-use' })
  ids.add(sublayer, { id: 'sublayer' })
  ids.add(exception, { id: 'exception' })
  const { $schema, $defs, ...document } = z.toJSONSchema(architecture, {
    metadata: ids,
    // Descriptions stand in zod's own registry.
    override: ({ zodSchema, jsonSchema }) =>
      Object.assign(jsonSchema, z.globalRegistry.get(zodSchema)),
  }) as Json & { $defs: Record<string, Json> }
  const { 'block-use': use, sublayer: rule, exception: differing, ...others } = $defs
  return {
    $schema,
    title: 'An architecture, as archcost reads it',
    ...document,
    $defs: {
      ...others,
      'block-use': withSettings(use!, true),
      sublayer: withSettings(rule!, true),
      // Without a block of its own an exception overrules settings of the rule's block, which its schema cannot see.
      exception: withSettings(differing!, false),
      ...Object.fromEntries(
        Object.values(blocks).map((formulas) => [formulas.name, settingsOf(formulas)]),
      ),
    },
  }
}

/** An object that may hold the settings of the block it names. */
function withSettings({ additionalProperties: _, ...use }: Json, closed: boolean): Json {
  return {
    ...use,
    allOf: [
      { properties: { block: { enum: [...names, null] } } },
      ...names.map((name) => ({
        if: { properties: { block: { const: name } }, required: ['block'] },
        // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema; nothing awaits it
        then: reference(name),
      })),
    ],
    ...(closed ? { unevaluatedProperties: false } : {}),
  }
}

const settingsOf = ({ title, settings }: BlockFormulas): Json => ({
  title,
  properties: Object.fromEntries(settings.map((setting) => [setting.name, schemaOf(setting)])),
})

function schemaOf(setting: SettingMeta): Json {
  const { label, symbol, about, default_text: followed, none } = setting
  const nullable = none !== undefined || setting.type === 'block' || setting.of?.includes('none')
  const value = valueSchema(setting)
  const words = [
    symbol === undefined ? label : `${label} (${symbol})`,
    about?.replace(/\.$/, ''),
    followed === undefined ? undefined : `Default: ${followed}`,
  ]
  return {
    ...(nullable ? { anyOf: [value, { type: 'null' }] } : value),
    description: words.filter(Boolean).join('. '),
  }
}

function valueSchema({ type, of, kind, min, max }: SettingMeta): Json {
  const range = {
    ...(min === undefined ? {} : { minimum: min }),
    ...(max === undefined ? {} : { maximum: max }),
  }
  switch (type) {
    case 'count':
    case 'tokens':
      return { type: 'integer', minimum: 1, ...range }
    case 'number':
      return { type: 'number', ...range }
    case 'flag':
      return { enum: [true, false, 1, 0] }
    case 'choice':
      return { enum: of }
    case 'list':
      return { type: 'array', items: { type: 'number' } }
    case 'block':
    default:
      return {
        anyOf: [
          { enum: names.filter((name) => blocks[name]!.folder === kind) },
          reference('block-use'),
        ],
      }
  }
}
