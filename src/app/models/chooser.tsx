/** Finds a published model by name, family or size. Loaded when first asked for, with the catalogue. */
import { formatShort } from '../../engine/numbers.ts'
import { entries } from '../../import/catalog/index.ts'
import { Picker, type Option } from '../parts/picker.tsx'

const options: readonly Option[] = entries.map(({ name, title, hub, model_type, published }) => ({
  id: name,
  text: title,
  detail: [published && formatShort(published.count), model_type.replaceAll('_', ' ')]
    .filter(Boolean)
    .join(' · '),
  group: `${name} ${hub}`,
}))

export function Chooser({ onChoose }: { onChoose: (name: string) => void }) {
  return (
    <Picker
      label="Published models"
      placeholder={`Search ${entries.length} published models`}
      options={options}
      onPick={({ id }) => onChoose(id)}
      none="No published model by that name. Paste its config.json instead."
    />
  )
}
