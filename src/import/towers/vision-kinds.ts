/** Vision towers by the `model_type` of their own config: what a family that may hold several of them chooses from. */
import type { BlockUse, Tower } from '../../architecture/schema.ts'
import type { Defaults, Reader } from '../reader.ts'
import { clip } from './clip.ts'
import { pixtral } from './pixtral.ts'
import { siglip } from './siglip.ts'
import type { SeenBy, VisionKind } from './vision-kind.ts'

const kinds: Readonly<Record<string, VisionKind>> = {
  clip_vision_model: clip,
  pixtral,
  siglip_vision_model: siglip,
}

/**
 * The vision tower that a config describes under `vision_config`.
 * @param usual the kind where it says none, with the values that the outer class then gives it
 * @throws ArchcostError `unsupported` where nothing is known of its kind
 */
export function visionOf(c: Reader, usual: { kind: string; defaults?: Defaults }): SeenBy {
  const said = c.object('vision_config')
  const named = said?.text('model_type', usual.kind) ?? usual.kind
  const kind = Object.hasOwn(kinds, named) ? kinds[named] : undefined
  if (!kind)
    throw c.unsupported(
      'vision_config',
      `is of the kind ${named.slice(0, 60)}, which is not modelled`,
    )
  return seenBy(c, kind, usual.defaults)
}

/** @param usual what the outer class gives a tower that the config leaves out */
export function seenBy(c: Reader, kind: VisionKind, usual: Defaults = {}): SeenBy {
  const there = c.object('vision_config') !== null
  return kind.build(c.part('vision_config', there ? kind.defaults : { ...kind.defaults, ...usual }))
}

/** The tower behind what cuts images for it. */
export const behind = ({ tower }: SeenBy, intake: BlockUse, feeds = 'projector'): Tower => ({
  ...tower,
  role: 'vision',
  feeds,
  input: [intake, ...tower.input],
})

/** The stack of blocks that leads from a tower to the language model. */
export const projectorOf = (...input: BlockUse[]): Tower => ({
  role: 'projector',
  feeds: 'decoder',
  n_layers: 0,
  input,
  layer: [],
  output: [],
})

/** Towers of a family whose text is a decoder, where an encoder of that width reads what they make. */
export const feedingEncoder = (towers: readonly Tower[], d_model: number): Tower[] =>
  towers.map((tower) =>
    tower.feeds === 'decoder' ? { ...tower, feeds: 'encoder', d_model } : tower,
  )
