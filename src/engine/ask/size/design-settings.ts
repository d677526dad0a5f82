/** Finds the settings that sizing moves, and their values, in a design of any family. */
import { prepare } from '../../../architecture/check.ts'
import { settingsOf, type Setting } from '../../vary/setting.ts'
import type { Design } from '../../vary/variation.ts'

export interface SettingInBlock {
  address: string
  name: string
  label: string
  value: unknown
}

/** Every setting of every block of the layers but those of positions, with the value it comes out at. */
export function settingsInBlocks({ architecture }: Design): SettingInBlock[] {
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

/** Of position encodings, which have settings of the same names, such as the size of a head. */
const isOfPositions = (address: string): boolean => /\.position\b/.test(address)

/** Of the rule for all layers, not of layers that differ from it. */
const isOfRule = ({ place }: Setting): boolean =>
  place.of === 'block' && !place.path.includes('except')

/** The address of the first setting of this name, if there is one. */
export const addressOf = ({ architecture }: Design, name: string): string | undefined =>
  settingsOf(architecture).find(
    (setting) =>
      setting.address.endsWith(`.${name}`) && isOfRule(setting) && !isOfPositions(setting.address),
  )?.address

export const valueAt = (design: Design, address: string): number =>
  Number(settingsInBlocks(design).find((each) => each.address === address)?.value)

/** The width between the two matrices of the feed-forward network, or of each expert. */
export const hiddenWidthOf = (design: Design): string | undefined =>
  addressOf(design, 'd_ff_expert') ?? addressOf(design, 'd_ff')

const addressesOf = ({ architecture }: Design, names: RegExp): string[] =>
  settingsOf(architecture).flatMap(({ address }) =>
    names.test(address) && !isOfPositions(address) ? [address] : [],
  )

/** The size of heads and the feed-forward ratio, which stay while the width moves. */
export const heldIn = (design: Design): string[] => addressesOf(design, /\.(d_head|ffn_ratio)$/)

/** What widths that follow from ratios are rounded to. */
export const roundingsIn = (design: Design): string[] => addressesOf(design, /\.multiple_of$/)
