/** The JSON Schema of workloads: each part as the contract says it. */
import { formatRoles, weightFormats } from '../architecture/formats.ts'
import { most, workloadKeys, type WorkloadKeyMeta } from '../formulas/index.ts'

type Json = Record<string, unknown>

export const workloadSchema = (): Json => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'A workload, as archcost reads it',
  type: 'object',
  properties: Object.fromEntries(workloadKeys.map((key) => [key.name, schemaOf(key)])),
  additionalProperties: false,
})

function schemaOf(key: WorkloadKeyMeta): Json {
  const { label, about, without, default: usual } = key
  const value = valueSchema(key)
  return {
    ...(without === 'none' ? { anyOf: [value, { type: 'null' }] } : value),
    description: `${label}. ${about}`,
    ...(usual === undefined ? {} : { default: usual }),
  }
}

function valueSchema({ type, of = [], fields = [], min, max = most }: WorkloadKeyMeta): Json {
  switch (type) {
    case 'choice':
      return { enum: of.map(({ value }) => value) }
    case 'record':
      return {
        type: 'object',
        properties: Object.fromEntries(
          fields.map(({ name, label, default: usual }) => [
            name,
            {
              type: 'integer',
              minimum: 1,
              maximum: most,
              description: `${label}.`,
              ...(usual === undefined ? {} : { default: usual }),
            },
          ]),
        ),
        required: fields.flatMap((field) => (field.default === undefined ? [field.name] : [])),
        additionalProperties: false,
      }
    case 'number':
    case 'format':
      return { type: 'number', exclusiveMinimum: 0, maximum: most }
    case 'formats':
      return {
        type: 'object',
        propertyNames: { enum: ['default', ...formatRoles] },
        additionalProperties: {
          anyOf: [
            { type: 'string', examples: weightFormats.map(({ name }) => name) },
            { type: 'number', exclusiveMinimum: 0, maximum: most },
          ],
        },
      }
    case 'tokens':
    case 'count':
      return { type: 'integer', minimum: min, maximum: max }
  }
}
