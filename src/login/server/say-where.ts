import type { DemoLinks } from './demo-links.ts'

/** Says where to open it; the only place where a set-up link is ever written. */
export function sayWhere(url: string, links: DemoLinks | null, setUpPath: string | null): void {
  const lines =
    links === null
      ? ['よろずが動いています。', '', `  だれでも      ${url}/`, `  職員          ${url}/sign-in`]
      : [
          'よろずが動いています（お試し）。',
          '',
          `  だれでも      ${url}/`,
          `  講師・補助員  ${url}${links.volunteer}`,
          `  主催者        ${url}${links.organizer}`,
        ]
  if (setUpPath !== null)
    lines.push(
      '',
      'まだ職員がいません。最初の管理者は、次のリンクを24時間以内に一度だけ開いて、入れるようにしてください。',
      'ほかの人には見せないでください。起動し直すと、新しいリンクに変わります。',
      '',
      `  ${url}${setUpPath}`,
    )
  say(`\n${lines.join('\n')}\n\n止めるときは Ctrl+C を押してください。`)
}

/** Writes a line for whoever started the program. */
export function say(text: string): void {
  process.stdout.write(`${text}\n`)
}
