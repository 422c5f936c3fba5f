import type { OutboxFileRefusal, TakenRow } from '#sync/domain/outbox-file.ts'
import type { MakeFileRefusal } from './make-outbox-file.ts'

export const ja = {
  kind: { check: '確かめてください', done: 'できました' },
  make: {
    heading: '電波があっても送れないとき',
    text: 'まず、電波のあるところで、このページを開いたまま少し待ってください。それでも残るときは、記録をファイルにして、市の担当者に渡せます。',
    button: '送れない記録をファイルにする',
    busy: 'ファイルを作っています',
    done: '{{count}}件の記録をファイルにしました',
    doneText:
      '「{{name}}」という名前で、この電話に入っています。市の担当者に渡してください。中を読めるのは、市のよろずだけです。',
    doneStays: '記録はこの電話にも残っています。後で電波が届いて自動で送っても、二重にはなりません。',
    call: '困ったときは、市の担当者にお電話ください（電話 {{phone}}）。',
  },
  makeTrouble: {
    heading: 'ファイルを作れませんでした',
    nothing_unsent: '送れていない記録はありません。渡すものもありません。',
    never_met:
      'この電話は、まだ一度も市のよろずとつながっていません。つながるまでは、ファイルを作っても市の側で開けません。電波のあるところで、このページを開いてください。',
    cannot_seal:
      'この開き方では、ほかの人に読めないファイルを作れません。https:// で始まるアドレスから、開き直してください。',
    too_much: '記録が多すぎて、1つのファイルに入りません。市の担当者にお電話ください。',
    storage: 'この電話に残した記録を、今は読めません。この画面を閉じて、開き直してください。',
  } satisfies Record<MakeFileRefusal['code'] | 'heading' | 'storage', string>,
  take: {
    title: '電話の記録を取り込む',
    lead: '送れない電話で作ったファイル（.yorozu）を開くと、その電話が送ったのと同じように受け取ります。',
    choose: 'ファイルを選ぶ',
    chooseHint: '電話の「送信のようす」で作ったファイルです。同じファイルを2度開いても、二重にはなりません。',
    reading: '取り込んでいます。',
    back: '端末のようすに戻る',
    result: '取り込みました',
    made: '{{at}}に作られたファイルです。',
    sum: {
      taken: '受け取った記録は{{count}}件です。',
      known: '{{count}}件は、もう届いていました。',
      refused: '{{count}}件は、受け付けられませんでした。下の理由を見てください。',
      held: '{{count}}件は、今は受け取れませんでした。電話に残っています。',
      unreadable: '{{count}}件は、読み取れませんでした。ほかの記録は受け取っています。',
    },
    caption: '記録 {{count}}件',
    column: { row: '行', what: '記録', at: '記録した時刻', result: '結果' },
    noName: '読み取れない記録',
    noTime: '―',
  },
  result: {
    taken: '受け取りました',
    known: 'もう届いていました',
    refused: '受け付けられません',
    held: '今は受け取れません',
    unreadable: '読み取れません。電話の画面で内容を確かめて、手で書き入れてください。',
  } satisfies Record<TakenRow['result'], string>,
  why: '{{result}}：{{why}}',
  heldWhy: {
    not_permitted: 'この電話からは送れない内容です。',
    fault: '市の側の不具合です。後でもう一度、同じファイルを開いてください。',
  },
  trouble: {
    heading: 'ファイルを取り込めませんでした',
    file_unreadable: 'よろずの電話で作ったファイルではないようです。終わりが .yorozu のファイルを選んでください。',
    file_newer:
      'このファイルは、新しい版の「よろず」で作られています。市のよろずを新しくしてから、取り込んでください。',
    file_too_large: 'ファイルが大きすぎます。電話で作ったファイルか、確かめてください。',
    file_damaged: 'ファイルが途中でこわれたか、書きかえられています。電話でもう一度ファイルを作ってもらってください。',
    device_unknown: 'このファイルを作った電話は、この市のよろずとつながったことがありません。電話を確かめてください。',
    not_permitted: '取り込みは、主催の担当者ができます。担当者として入り直してください。',
    too_many_requests: '今、こみ合っています。少し待って、もう一度選んでください。',
    offline: '電波がありません。ファイルはそのまま残ります。電波のあるところで、もう一度選んでください。',
    fault: '今はお答えできません。少し待って、もう一度選んでください。二重にはなりません。',
  } satisfies Record<
    OutboxFileRefusal['code'] | 'heading' | 'not_permitted' | 'too_many_requests' | 'offline' | 'fault',
    string
  >,
} as const
