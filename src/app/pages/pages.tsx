/** The pages beside the calculator. */
import { useSession } from '../state/store.tsx'
import { ModelsPage } from './models.tsx'
import { ReadingPage } from './reading.tsx'

export function Pages() {
  const { page } = useSession()
  switch (page) {
    case 'models':
      return <ModelsPage />
    case 'reading':
      return <ReadingPage />
    case 'ledger':
    case 'dictionary':
    case 'calculator':
      return null
  }
}
