/** The document's title says what is in view, for tabs, bookmarks and the browser's history. */
import { useEffect } from 'react'
import { titleOfQuestion } from '../state/doors.ts'
import type { Session } from '../state/session.ts'
import { sidePages } from './footer.tsx'

export function useTitle(session: Session): void {
  const { page, entry, question, slots } = session
  const names = slots.map(({ model }) => model.architecture.name).join(', ')
  const inView =
    page !== 'calculator'
      ? sidePages.find((each) => each.page === page)!.title
      : question === 'cost'
        ? names
        : `${titleOfQuestion(question, slots)} ${names}`
  useEffect(() => {
    document.title = `${inView} · archcost`
    if (page !== 'dictionary' || entry === null) return undefined
    let isLate = false
    void import('../../dictionary/index.ts').then(({ list }) => {
      const found = list.find(({ term }) => term === entry)
      if (found && !isLate) document.title = `${found.title} · archcost`
    })
    return () => {
      isLate = true
    }
  }, [inView, page, entry])
}
