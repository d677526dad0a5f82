/** The page's icons: one line each, drawn in the colour of the text beside them. */
import { memo } from 'react'

const paths = {
  add: 'M8 3v10M3 8h10',
  close: 'M4 4l8 8M12 4l-8 8',
  copy: 'M5.5 5.5h7v8h-7zM3.5 10.5v-8h7',
  undo: 'M6 3 3 6l3 3M3 6h6.5a3.5 3.5 0 0 1 0 7H7',
  redo: 'M10 3l3 3-3 3M13 6H6.5a3.5 3.5 0 0 0 0 7H9',
  import: 'M8 2v8M4.5 6.5 8 10l3.5-3.5M2.5 13.5h11',
  share: 'M8 10V2M4.5 5.5 8 2l3.5 3.5M2.5 9v4.5h11V9',
  search: 'M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9ZM10.5 10.5l3 3',
  sun: 'M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM8 1.5v1.3M8 13.2v1.3M1.5 8h1.3M13.2 8h1.3M3.4 3.4l.9.9M11.7 11.7l.9.9M3.4 12.6l.9-.9M11.7 4.3l.9-.9',
  moon: 'M13 9.6A5.6 5.6 0 0 1 6.4 3 5.6 5.6 0 1 0 13 9.6Z',
  keys: 'M2 4.5h12v7H2zM4.5 7h.01M7 7h.01M9.5 7h.01M12 7h-.5M5 9.3h6',
  up: 'M3.5 10 8 5.5l4.5 4.5',
  down: 'M3.5 6 8 10.5 12.5 6',
  next: 'M6 3.5 10.5 8 6 12.5',
  warning: 'M8 2 1.8 13.2h12.4zM8 6.5v3M8 11.4h.01',
  info: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 7.3v3.4M8 5.2h.01',
} as const

/** Icons grow with the text. */
const inText = (size: number): string => `${size / 16}rem`

export type IconName = keyof typeof paths

export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={inText(size)}
      height={inText(size)}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.5}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={paths[name]} />
    </svg>
  )
}

/** Each model's shape stands beside its colour, for those who do not tell colours apart. */
const shapes = {
  A: 'M8 13A5 5 0 1 0 8 3a5 5 0 0 0 0 10Z',
  B: 'M3.5 3.5h9v9h-9z',
  C: 'M8 2.5 14 13H2z',
  D: 'M8 1.5 14.5 8 8 14.5 1.5 8z',
} as const

interface ShapeProps {
  letter: keyof typeof shapes
  size?: number
}

export const Shape = memo(function Shape({ letter, size = 12 }: ShapeProps) {
  return (
    <svg
      width={inText(size)}
      height={inText(size)}
      viewBox="0 0 16 16"
      aria-hidden="true"
      data-letter={letter}
    >
      <path d={shapes[letter]} fill={`var(--${letter.toLowerCase()})`} />
    </svg>
  )
})
