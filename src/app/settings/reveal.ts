/** Puts the keyboard on a setting, or on the first one of a block, wherever it is folded away. */

/** As many frames as a page may take to turn to its settings. */
const patience = 120

/** @param address of a setting or a block of the model in front; null for the panel itself */
export function revealSetting(address: string | null, left = patience): void {
  requestAnimationFrame(() => {
    const panel = document.querySelector('[aria-labelledby=settings-title]')
    // On narrow screens the settings are folded away.
    const fold = panel?.querySelector<HTMLElement>('[aria-expanded="false"]:not(details *)')
    fold?.click()
    const place =
      address === null ? panel : panel?.querySelector(`[data-address="${CSS.escape(address)}"]`)
    if (!place || fold) {
      if (left > 0) revealSetting(address, left - 1)
      return
    }
    for (let above: Element | null = place; above !== null; above = above.parentElement)
      if (above instanceof HTMLDetailsElement) above.open = true
    const field = place.querySelector<HTMLElement>('input, summary, select, button')
    field?.focus({ preventScroll: true })
    field?.scrollIntoView({ block: 'center' })
  })
}
