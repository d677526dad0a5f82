/** Names that formula files cannot give, because something else is called so already. */
import { builtIns, constants, specialForms } from './functions.ts'

const typescript =
  'arguments await break case catch class const continue debugger default delete do else enum eval export extends false ' +
  'finally for function implements import in instanceof interface let new null package private protected public return ' +
  'static super switch this throw true try typeof undefined var void while with yield'
const expressions = 'and or not xor to mod NaN Infinity'
const generated = 's w r times given names Math Array Number normalCdf normalPdf'

const reserved = new Set([
  ...`${typescript} ${expressions} ${generated}`.split(' '),
  ...Object.keys(builtIns),
  ...Object.keys(specialForms),
  ...Object.keys(constants),
  ...Object.getOwnPropertyNames(Object.prototype),
])

/** @throws Error where `name` means something else in expressions or in the code written from them */
export function checkName(name: string): void {
  if (reserved.has(name)) throw new Error(`the name ${name} is reserved; choose another`)
}

/** The variable that holds a setting, a quantity or a part. */
export const variable = (name: string): string => name.replace('.', '_')

/** A name in kebab or snake case as TypeScript spells it. */
export const camel = (name: string): string =>
  name.replace(/[-_](\w)/g, (_, letter: string) => letter.toUpperCase())

const exported = new Set(
  'blocks explanations scenarios ranks resolve check values positions tell cuts addModel addPass addStep addWeights addWork addCache'.split(
    ' ',
  ),
)

/** @throws Error where a mechanism's name means something else in the code written from it */
export function checkMechanismName(name: string): void {
  if (exported.has(camel(name))) throw new Error(`the name ${name} is reserved; choose another`)
  checkName(camel(name))
}
