/** Settings by address: what they are, what they may be, and designs in which they have other values. */
export { parseRange, parseValue, rangeWords } from './range.ts'
export { refuseInDesign } from './scenario-settings.ts'
export { findSetting, hasSetting, settingsOf, type Setting, type SettingValue } from './setting.ts'
export { checkValue } from './value.ts'
export { presentValue } from './present.ts'
export { variation, type Design } from './variation.ts'
export { vary } from './vary.ts'
