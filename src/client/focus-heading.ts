/** Puts the focus on the heading of a section: for when the button that was pressed is gone, and its answer stands there. */
export function focusHeading(id: string): void {
  const heading = document.getElementById(id)
  heading?.setAttribute('tabindex', '-1')
  heading?.focus()
}
