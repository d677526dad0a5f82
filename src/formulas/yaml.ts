/** Reads YAML, of which JSON is a part, for whoever may not know how. */
import { parseDocument } from 'yaml'

/** @throws Error that says where the text is no YAML */
export function parseYaml(text: string): unknown {
  const document = parseDocument(text)
  const mistake = document.errors[0]
  if (mistake) throw new Error(mistake.message.split('\n')[0]!.replace(/:$/, ''))
  return document.toJS()
}
