/** The format that a config asks to have recurrent states kept in. */
import type { Reader } from './reader.ts'

const formats: Readonly<Record<string, string>> = {
  float32: 'fp32',
  bfloat16: 'bf16',
  float16: 'fp16',
}

/**
 * As documents say it; undefined where what runs the model is left to choose.
 * @param otherwise what the family's class takes where the config says nothing
 */
export function statesAsked(c: Reader, key: string, otherwise = 'auto'): string | undefined {
  const said = c.text(key, otherwise)
  if (Object.hasOwn(formats, said)) return formats[said]
  if (said !== 'auto')
    c.log.note(
      'warning',
      `${key} asks for states in ${said.slice(0, 40)}, which is not known; what runs the model is left to choose.`,
    )
  return undefined
}
