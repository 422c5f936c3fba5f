import type { FormSheet } from '#pages/domain/page.ts'

/** What a plain form sends along unseen. Both empty on a page that a device has drawn by itself. */
export function SheetFields({ sheet }: { readonly sheet: FormSheet | undefined }) {
  return (
    <>
      <input type="hidden" name="formId" value={sheet?.formId ?? ''} />
      <input type="hidden" name="formToken" value={sheet?.formToken ?? ''} />
    </>
  )
}
