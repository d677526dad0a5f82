/** A button, in the few looks the page has. */
import type { ComponentProps } from 'react'
import styles from './button.module.css'

export type Look = 'main' | 'outlined' | 'icon' | 'small'

interface Props extends ComponentProps<'button'> {
  look?: Look | readonly Look[]
}

export function Button({ look = [], className = '', ...rest }: Props) {
  const looks = [look].flat().map((name) => styles[name])
  return (
    <button type="button" className={[styles['button'], ...looks, className].join(' ')} {...rest} />
  )
}
