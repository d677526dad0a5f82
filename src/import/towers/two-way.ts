/** Lets tokens of images, or of prompts with one, see what follows them in layers of the language model. */
import type { Architecture, Stack, Sublayer } from '../../architecture/schema.ts'
import type { TwoWay } from './tower-family.ts'

interface Body {
  block?: string | null | undefined
  [setting: string]: unknown
}

const withTwoWay = <Said extends Body>(said: Said, { what, windowed }: TwoWay): Said =>
  said.block === 'attention' && (!windowed || typeof said['window'] === 'number')
    ? { ...said, two_way: what }
    : said

/** Exceptions without a block of their own overrule settings of the rule's. */
function sublayerOf(step: Sublayer, asked: TwoWay): Sublayer {
  const rule = withTwoWay(step, asked)
  if (!step.except) return rule
  const except = step.except.map((each) => {
    if (each.block !== undefined) return withTwoWay(each, asked)
    if (step.block !== 'attention' || !asked.windowed || each['window'] === undefined) return each
    return { ...each, two_way: each['window'] === null ? 'nothing' : asked.what }
  })
  return { ...rule, except }
}

export const seeingAhead = (text: Architecture, asked: TwoWay): Architecture => ({
  ...text,
  stacks: text.stacks.map((stack): Stack => ({
    ...stack,
    layer: stack.layer.map((step) => sublayerOf(step, asked)),
  })),
})
