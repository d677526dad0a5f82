/** Holds the import against the default config of every model type that could be built. */
import { expect, test } from 'vitest'
import { evaluate, prepare } from '../../src/engine/index.ts'
import { importConfig } from '../../src/import/index.ts'
import { compare, readMeasured } from './measure/compare.ts'

const measured = readMeasured()
const compared = measured.map(compare)

test('no model type that is read comes out wrong, or right with a reservation', () => {
  const faults = compared.filter(({ verdict }) => verdict === 'wrong' || verdict === 'unverified')
  expect(faults).toEqual([])
})

/** Types that are refused or read otherwise where they say nothing. */
const silent = new Set(['granitemoehybrid'])

test('a config that says nothing but its type is the default config of its class', () => {
  const faults = measured.flatMap((each, index) => {
    const { verdict, model_type } = compared[index]!
    const read = verdict === 'exact' || verdict === 'language'
    if ('not_built' in each || !read || silent.has(model_type)) return []
    const { architecture } = importConfig({ model_type, architectures: [each.class] })
    const { total, whole } = evaluate(prepare(architecture), {}).params
    const [counted, truth] =
      verdict === 'exact' ? [whole?.total ?? total, each.total] : [total, each.language]
    return counted === truth ? [] : [`${model_type}: ${counted}, built ${truth}`]
  })
  expect(faults).toEqual([])
})

/** Types whose code has lists of parts of layers or of several layers, or the layers that it applies again once more in its list. */
const otherwise = new Set(
  'albert flaubert funnel hrm_text idefics longcat_flash xlm zamba zamba2'.split(' '),
)

/** Whether the layers are those of some of the lists, each list whole and taken once. */
const madeOf = (layers: readonly number[], lists: readonly (readonly number[])[]): boolean =>
  layers.length === 0 ||
  lists.some(
    (list, place) =>
      list.length <= layers.length &&
      list.every((each, layer) => each === layers[layer]) &&
      madeOf(layers.slice(list.length), lists.toSpliced(place, 1)),
  )

test('every layer has the parameters of the built one', () => {
  const faults = measured.flatMap((each, index) => {
    const { verdict } = compared[index]!
    const read = verdict === 'exact' || verdict === 'language'
    if ('not_built' in each || !read || otherwise.has(each.model_type)) return []
    const { by_layer } = evaluate(prepare(importConfig(each.config).architecture)).params
    const lists = Object.values(each.layers).map((runs) =>
      runs.flatMap(([parameters, times]) => Array.from({ length: times }, () => parameters)),
    )
    return madeOf(by_layer, lists) ? [] : [each.model_type]
  })
  expect(faults).toEqual([])
})
