/** A line of a picture: what was measured at each size. */
export interface Curve {
  readonly name: string
  readonly points: readonly (readonly [size: number, ms: number])[]
}

export interface Picture {
  /** Below docs/images. */
  readonly file: string
  /** What somebody hears who cannot see it. */
  readonly alt: string
  readonly xLabel: string
  readonly curves: readonly Curve[]
}

const [WIDTH, HEIGHT] = [720, 360]
const BOX = { left: 64, right: 220, top: 24, bottom: 48 }
/** By day and by night, from デジタル庁's palette; each also with a shape of its own. */
const INKS = [
  ['#0017c1', '#9db7f9'],
  ['#c74700', '#ffa66d'],
  ['#197a4b', '#71c598'],
  ['#5b0e9c', '#cda6ff'],
] as const
const PAGE = { paper: ['#ffffff', '#1a1a1a'], words: ['#1a1a1a', '#f2f2f2'], grid: ['#b3b3b3', '#4d4d4d'] } as const
const MARKERS = ['circle', 'square', 'diamond', 'triangle'] as const

/** Draws curves over sizes, both axes by powers of ten: what does not grow is a level line. Returns an SVG document. */
export function drawCurves({ alt, xLabel, curves }: Picture): string {
  const all = curves.flatMap(({ points }) => points)
  const x = scale(
    all.map(([size]) => size),
    [BOX.left, WIDTH - BOX.right],
  )
  const y = scale(
    all.map(([, ms]) => ms),
    [HEIGHT - BOX.bottom, BOX.top],
  )
  const right = WIDTH - BOX.right
  const grid = [
    ...x.ticks.map((at) => `<path d="M${x.of(at)} ${BOX.top}V${HEIGHT - BOX.bottom}" class="grid"/>`),
    ...y.ticks.map((at) => `<path d="M${BOX.left} ${y.of(at)}H${right}" class="grid"/>`),
    ...x.ticks.map((at) => text(x.of(at), HEIGHT - BOX.bottom + 20, at.toLocaleString('en'), 'middle')),
    ...y.ticks.map((at) => text(BOX.left - 8, y.of(at) + 5, `${at} ms`, 'end')),
    text((BOX.left + right) / 2, HEIGHT - 6, xLabel, 'middle'),
  ]
  const lines = curves.map(({ name, points }, index) => {
    const path = points.map(([size, ms], step) => `${step === 0 ? 'M' : 'L'}${x.of(size)} ${y.of(ms)}`).join('')
    const marks = points.map(([size, ms]) => marker(index, x.of(size), y.of(ms)))
    const label = 40 + index * 26
    const key = `${marker(index, right + 24, label)}${text(right + 40, label + 5, name, 'start')}`
    return `<g class="ink${index}"><path d="${path}" class="line"/>${marks.join('')}${key}</g>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="title desc" font-family="sans-serif" font-size="14">
<title id="title">${escape(alt)}</title>
<desc id="desc">${escape(curves.map(inWords).join(' '))}</desc>
<style>${styleOf(0)} @media (prefers-color-scheme: dark) { ${styleOf(1)} }</style>
<rect width="100%" height="100%" class="paper"/>
${[...grid, ...lines].join('\n')}
</svg>
`
}

/** The colors by day (0) or by night (1). */
function styleOf(time: 0 | 1): string {
  const inks = INKS.map((ink, index) => `.ink${index} { fill: ${ink[time]}; stroke: ${ink[time]} }`)
  const { paper, words, grid } = PAGE
  const page = `.paper { fill: ${paper[time]} } .words { fill: ${words[time]}; stroke: none } .grid { stroke: ${grid[time]} }`
  return [...inks, page, '.line { fill: none; stroke-width: 2 }'].join(' ')
}

/** `push: 4.1 ms at 1, 4.2 ms at 10.` */
function inWords({ name, points }: Curve): string {
  return `${name}: ${points.map(([size, ms]) => `${ms} ms at ${size.toLocaleString('en')}`).join(', ')}.`
}

interface Scale {
  readonly of: (value: number) => number
  /** Powers of ten. */
  readonly ticks: readonly number[]
}

function scale(values: readonly number[], [from, to]: readonly [number, number]): Scale {
  const least = Math.floor(Math.log10(Math.min(...values)))
  const most = Math.max(least + 1, Math.ceil(Math.log10(Math.max(...values))))
  return {
    of: (value) => Math.round(from + ((Math.log10(value) - least) / (most - least)) * (to - from)),
    ticks: Array.from({ length: most - least + 1 }, (_, step) => 10 ** (least + step)),
  }
}

function text(x: number, y: number, words: string, anchor: 'start' | 'middle' | 'end'): string {
  return `<text x="${x}" y="${y}" text-anchor="${anchor}" class="words">${escape(words)}</text>`
}

function marker(index: number, x: number, y: number): string {
  const shapes = {
    circle: `<circle cx="${x}" cy="${y}" r="5"/>`,
    square: `<rect x="${x - 5}" y="${y - 5}" width="10" height="10"/>`,
    diamond: `<path d="M${x} ${y - 7}l7 7-7 7-7-7z"/>`,
    triangle: `<path d="M${x} ${y - 6}l6 11h-12z"/>`,
  }
  return shapes[MARKERS[index % MARKERS.length] ?? 'circle']
}

function escape(words: string): string {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
