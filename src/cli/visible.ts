/** Shows what cannot be seen: names and messages come from files and from the network, and a terminal obeys what they hold. */

/** Control, format and surrogate characters, line and paragraph separators, and all that is drawn as nothing. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu

/** As JSON writes it, so that JSON with escapes is still the same JSON. */
const escape = (character: string): string =>
  Array.from(
    { length: character.length },
    (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`,
  ).join('')

/** Text of many lines with control, invisible and direction-changing characters as escapes such as `\u202e`. */
export const visibleLines = (text: string): string =>
  text.replace(unseen, (character) => (character === '\n' ? character : escape(character)))

/** Text that stands within a line: line breaks are escapes too. */
export const visible = (text: string): string => text.replace(unseen, escape)
