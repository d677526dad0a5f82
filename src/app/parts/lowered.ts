/** Words lose their capital inside a sentence, abbreviations and names such as AltUp keep theirs. */
export const lowered = (text: string): string =>
  /^[A-Z][a-z]+(?![A-Za-z])/.test(text) ? text[0]!.toLowerCase() + text.slice(1) : text
