/** When the next frame has been painted; at once where nobody looks. */
export function nextPaint(): Promise<void> {
  if (document.hidden) return Promise.resolve()
  return new Promise((resolve) => {
    // A task of its own runs after the frame is painted.
    requestAnimationFrame(() => setTimeout(resolve))
  })
}
