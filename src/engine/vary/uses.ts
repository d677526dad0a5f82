/** Every place of a document where a block is used, by the address under which the engine knows it. */
import type { Architecture, BlockUse, Norm, Stack, Sublayer } from '../../architecture/schema.ts'
import { blocks } from '../../formulas/index.ts'
import type { Path } from './path.ts'

export interface Use {
  /** `mixer`, `mixer.except[0]`, `mixer.position`, `input.token-embedding`; after the stack's role where there are two. */
  address: string
  path: Path
  block: string
  /** The keys that stand at this place itself. */
  stated: Readonly<Record<string, unknown>>
  /** The rule's use, where an exception overrules single settings of it. */
  rule: Use | undefined
  /** The block whose settings it takes where it does not state those of the same name. */
  host: string | undefined
}

/** In the order of the document. */
export function usesOf({ stacks }: Architecture): Use[] {
  return stacks.flatMap((stack, index) =>
    usesInStack(stack, ['stacks', index], stacks.length > 1 ? `${stack.role}.` : ''),
  )
}

function usesInStack(stack: Stack, path: Path, prefix: string): Use[] {
  const ends = (end: 'input' | 'output', host?: string): Use[] =>
    stack[end].flatMap((use, index) =>
      usesBelow(use, `${prefix}${end}.${use.name ?? use.block}`, [...path, end, index], host),
    )
  const layer = stack.layer.flatMap((sublayer, index) =>
    usesInSublayer(sublayer, `${prefix}${sublayer.name}`, [...path, 'layer', index]),
  )
  return [...ends('input'), ...layer, ...ends('output', stack.input[0]?.block)]
}

function usesInSublayer(sublayer: Sublayer, address: string, path: Path): Use[] {
  const found = usesInBody(sublayer, address, path)
  const rule = found.find((use) => use.path === path)
  const inExceptions = (sublayer.except ?? []).flatMap((exception, match) => {
    const [inner, at]: [string, Path] = [`${address}.except[${match}]`, [...path, 'except', match]]
    const own = usesInBody(exception, inner, at)
    const inherits = rule && exception.block === undefined && exception.blocks === undefined
    return inherits
      ? [
          { address: inner, path: at, block: rule.block, stated: exception, rule, host: undefined },
          ...own,
        ]
      : own
  })
  return [...found, ...inExceptions]
}

interface Body {
  block?: string | null | undefined
  blocks?: BlockUse[] | undefined
  before?: Norm | undefined
  after?: Norm | undefined
}

/** The uses that a sublayer or an exception states itself. */
function usesInBody(body: Body, address: string, path: Path): Use[] {
  if (typeof body.block === 'string') return usesBelow(body as BlockUse, address, path)
  const beside = (body.blocks ?? []).flatMap((use, index) =>
    usesBelow(use, `${address}.${use.name ?? `blocks[${index}]`}`, [...path, 'blocks', index]),
  )
  return [...beside, ...around(body, address, path)]
}

/** A use, its norms, and what is attached to it. */
function usesBelow(use: string | BlockUse, address: string, path: Path, host?: string): Use[] {
  if (typeof use === 'string')
    return [{ address, path, block: use, stated: {}, rule: undefined, host }]
  const attached = (blocks[use.block]?.settings ?? [])
    .filter(({ type }) => type === 'block')
    .flatMap(({ name }) => usesAt(use[name], `${address}.${name}`, [...path, name], use.block))
  return [
    { address, path, block: use.block, stated: use, rule: undefined, host },
    ...around(use, address, path),
    ...attached,
  ]
}

const around = ({ before, after }: Body, address: string, path: Path): Use[] => [
  ...usesAt(before, `${address}.before`, [...path, 'before']),
  ...usesAt(after, `${address}.after`, [...path, 'after']),
]

const usesAt = (use: unknown, address: string, path: Path, host?: string): Use[] =>
  use === undefined || use === null ? [] : usesBelow(use as string | BlockUse, address, path, host)
