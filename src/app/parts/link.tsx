/** A link within the page: a real address, opened without loading the page again. */
import type { ComponentProps } from 'react'
import { useShell } from './shell.tsx'

interface Props extends ComponentProps<'a'> {
  href: string
  /** In the place of opening the address, where more is known here than a link can say. */
  onVisit?: () => void
}

export function Link({ href, onVisit, children, ...rest }: Props) {
  const { visit } = useShell()
  return (
    <a
      href={href.startsWith('?') ? `./${href}` : href}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
        event.preventDefault()
        if (onVisit) onVisit()
        else visit(href)
      }}
      {...rest}
    >
      {children}
    </a>
  )
}
