import { encodeQR } from 'qr'
import css from './qr-code.module.css'

interface Props {
  readonly text: string
  /** What it is for: 「アプリで読み取る四角」. */
  readonly label: string
}

const PAPER = '#ffffff' // both stay as they are in the dark: many readers do not know a light code on a dark ground
const INK = '#1a1a1a'

/** A QR code, drawn by this page alone. */
export function QrCode({ text, label }: Props) {
  const rows = encodeQR(text, 'raw', { ecc: 'medium', border: 4 })
  const ink = rows.flatMap((row, y) => row.flatMap((isInk, x) => (isInk ? [`M${x} ${y}h1v1h-1z`] : []))).join('')
  return (
    <svg
      class={css.code}
      viewBox={`0 0 ${rows.length} ${rows.length}`}
      role="img"
      aria-label={label}
      shape-rendering="crispEdges"
    >
      <rect width={rows.length} height={rows.length} fill={PAPER} />
      <path d={ink} fill={INK} />
    </svg>
  )
}
