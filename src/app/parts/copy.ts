/** Copies a text and says so, or says why not. */
export async function copyText(
  text: string,
  done: string,
  say: (text: string) => void,
): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    say(done)
  } catch {
    say('The browser does not allow this page to copy.')
  }
}
