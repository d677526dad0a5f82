/** Words lose their capital inside a sentence, abbreviations keep theirs. */
export const lowered = (text: string): string =>
  /^[A-Z][a-z]/.test(text) ? text[0]!.toLowerCase() + text.slice(1) : text
