/** The pages beside the calculator. */
import { lazyNamed } from '../parts/lazy.ts'
import { useSession } from '../state/store.tsx'
import { ReadingPage } from './reading.tsx'

const AtlasPage = lazyNamed(() => import('../atlas/page.tsx'), 'AtlasPage')
const DictionaryPage = lazyNamed(() => import('../dictionary/page.tsx'), 'DictionaryPage')
const LedgerPage = lazyNamed(() => import('../ledger/page.tsx'), 'LedgerPage')

export function Pages() {
  const { page } = useSession()
  switch (page) {
    case 'models':
      return <AtlasPage />
    case 'reading':
      return <ReadingPage />
    case 'dictionary':
      return <DictionaryPage />
    case 'ledger':
      return <LedgerPage />
    case 'calculator':
      return null
  }
}
