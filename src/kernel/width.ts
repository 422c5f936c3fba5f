const FULL_WIDTH_TO_ASCII = 0xff01 - 0x21

/** Full-width letters, digits and signs as ASCII: `（０９９６）` becomes `(0996)`. Everything else stays.
 *  Not NFKC, which would also turn ① into 1 and 神 (U+FA19) into another character. */
export function foldWidth(text: string): string {
  return text
    .replace(/[\uFF01-\uFF5E]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - FULL_WIDTH_TO_ASCII))
    .replaceAll('\u3000', ' ')
}
