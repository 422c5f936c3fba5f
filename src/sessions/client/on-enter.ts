/** Enter in a small form inside a larger one does the small thing, and does not send the large one. While kana are being
 *  turned into kanji, Enter only chooses a word. */
export function onEnter(event: KeyboardEvent, act: () => void): void {
  const isInField = event.target instanceof HTMLInputElement
  if (event.key !== 'Enter' || event.isComposing || !isInField) return
  event.preventDefault()
  act()
}
