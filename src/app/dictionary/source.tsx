/** A source by its title, linked where it can be read. */
import type { Source } from '../../dictionary/index.ts'

export function SourceLine({ source: { title, arxiv, url, section } }: { source: Source }) {
  const href = arxiv === undefined ? url : `https://arxiv.org/abs/${arxiv}`
  return (
    <>
      {href === undefined ? (
        title
      ) : (
        <a href={href} rel="noreferrer">
          {title}
        </a>
      )}
      {section !== undefined && `, section ${section}`}
    </>
  )
}
