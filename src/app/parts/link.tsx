/** A link within the page: a real address, opened without loading the page again. */
import type { ComponentProps } from 'react'
import { useShell } from './shell.tsx'

export function Link({ href, children, ...rest }: ComponentProps<'a'> & { href: string }) {
  const { visit } = useShell()
  return (
    <a
      href={href}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
        event.preventDefault()
        visit(href)
      }}
      {...rest}
    >
      {children}
    </a>
  )
}
