/** Finds the settings of a design that sizing works with. */
import { prepare } from '../../engine/index.ts'
import { settingsOf, type Design } from '../../engine/vary/index.ts'

export interface Placed {
  address: string
  label: string
  name: string
  value: unknown
}

/** Every setting of every block of the layers but those of positions, with the value it comes out at. */
export function settingsIn({ architecture }: Design): Placed[] {
  return prepare(architecture).stacks.flatMap(({ groups }) =>
    groups.flatMap(({ blocks }) =>
      blocks.flatMap(({ address, formulas, settings }) =>
        isOfPositions(address)
          ? []
          : formulas.settings.map(({ name, label }) => ({
              address: `${address}.${name}`,
              name,
              label,
              value: settings[name],
            })),
      ),
    ),
  )
}

const isOfPositions = (address: string): boolean => /\.position\b/.test(address)

/** Of the rule, not of layers that differ from it. */
export const addressOf = ({ architecture }: Design, name: string): string | undefined =>
  settingsOf(architecture).find(
    ({ address, place }) =>
      address.endsWith(`.${name}`) &&
      place.of === 'block' &&
      !address.includes('except') &&
      !isOfPositions(address),
  )?.address

export const valueAt = (design: Design, address: string): number =>
  Number(settingsIn(design).find((each) => each.address === address)?.value)

/** The width between the two matrices of the feed-forward network, or of each expert. */
export const hiddenOf = (design: Design): string | undefined =>
  addressOf(design, 'd_ff_expert') ?? addressOf(design, 'd_ff')

const addressesOf = ({ architecture }: Design, names: RegExp): string[] =>
  settingsOf(architecture).flatMap(({ address }) =>
    names.test(address) && !isOfPositions(address) ? [address] : [],
  )

/** Sizes of pieces and ratios, which stay while the width moves. */
export const heldIn = (design: Design): string[] => addressesOf(design, /\.(d_head|ffn_ratio)$/)

/** What widths that follow from ratios are rounded to. */
export const roundingsIn = (design: Design): string[] => addressesOf(design, /\.multiple_of$/)
