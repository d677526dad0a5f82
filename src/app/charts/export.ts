/** A chart to take away: its data as CSV, its drawing as SVG or PNG. */
import { plainDigitsOf } from '../../engine/numbers.ts'
import type { ChartTable } from './chart-table.ts'

const quoted = (text: string): string =>
  /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text

/** Numbers as they are, every digit; a text that a spreadsheet would run as a formula is held back by a quote. */
export function csvOf({ head, rows }: ChartTable): string {
  const safe = (text: string): string => quoted(/^[=+\-@\t]/.test(text) ? `'${text}` : text)
  const cell = (value: number | string | null): string =>
    value === null ? '' : typeof value === 'number' ? plainDigitsOf(value) : safe(value)
  const lines = rows.map(({ name, cells }) =>
    [safe(name), ...cells.map(({ value }) => cell(value))].join(),
  )
  return `${[head.map(safe).join(), ...lines].join('\n')}\n`
}

export function saveFile(name: string, type: string, content: string | Blob): void {
  const url = URL.createObjectURL(new Blob([content], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name.replace(/[^\w.-]+/g, '-')
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}

const styled = ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'paint-order', 'font-size', 'font-family', 'font-weight', 'opacity', 'text-anchor', 'dominant-baseline'] // prettier-ignore

const lineHeight = 20

interface Taken {
  text: string
  width: number
  height: number
}

/**
 * The drawing with its colours written in, since outside the page there is no style sheet.
 * @param caption lines that stand above it
 */
export function takenAway(svg: SVGSVGElement, caption: readonly string[] = []): Taken {
  const copy = svg.cloneNode(true) as SVGSVGElement
  const originals = [svg, ...svg.querySelectorAll<SVGElement>('*')]
  const copies = [copy, ...copy.querySelectorAll<SVGElement>('*')]
  originals.forEach((original, place) => {
    const style = getComputedStyle(original)
    const target = copies[place]!
    target.removeAttribute('class')
    target.removeAttribute('style')
    for (const name of styled) target.setAttribute(name, style.getPropertyValue(name))
  })
  const { width, height: own } = svg.getBoundingClientRect()
  const above = caption.length * lineHeight
  const height = own + above
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
  copy.setAttribute('width', String(width))
  copy.setAttribute('height', String(height))
  copy.setAttribute('viewBox', `0 ${-above} ${width} ${height}`)
  const { backgroundColor, color, fontFamily } = getComputedStyle(document.body)
  copy.style.background = backgroundColor
  caption.forEach((line, place) => {
    const text = document.createElementNS('http://www.w3.org/2000/svg', 'text')
    text.setAttribute('y', String(14 - above + place * lineHeight))
    text.setAttribute('fill', color)
    text.setAttribute('font-family', fontFamily)
    text.setAttribute('font-size', place === 0 ? '14px' : '11px')
    text.textContent = line
    copy.append(text)
  })
  return { text: new XMLSerializer().serializeToString(copy), width, height }
}

/** At twice the size on screen. */
export async function savePng(
  name: string,
  svg: SVGSVGElement,
  caption?: readonly string[],
): Promise<void> {
  const { text, width, height } = takenAway(svg, caption)
  const image = new Image()
  image.src = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }))
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = 2 * width
  canvas.height = 2 * height
  const context = canvas.getContext('2d')!
  context.scale(2, 2)
  context.drawImage(image, 0, 0, width, height)
  URL.revokeObjectURL(image.src)
  canvas.toBlob((blob) => {
    if (blob) saveFile(name, 'image/png', blob)
  })
}
