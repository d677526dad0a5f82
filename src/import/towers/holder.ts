/** A part of a config that may describe towers beside a language model. */
export interface Holder {
  config: object
  path: string
  model_type: string
}
