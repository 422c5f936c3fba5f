import type { StorageTrouble } from '#client/storage-trouble.ts'
import type { HeldReason, OperationName, Refusal, SyncRefusal } from '#sync/domain/protocol.ts'

type Part<Name, Slice extends string> = Name extends `${Slice}.${infer Rest}` ? Rest : never
/** The compiler asks for words for each new operation. */
type WordsFor<Slice extends string> = Record<Part<OperationName, Slice>, string>

export const ja = {
  kind: { done: 'お知らせ', check: '確かめてください' },
  status: {
    allSent: 'すべて送信しました',
    waiting: '{{count}}件 送信待ち',
    sending: '{{count}}件 送っています',
    unreachable: '{{count}}件 送信待ち（電波が届くと自動で送ります）',
    attention: '確認が必要 {{count}}件',
    stopped: '送信が止まっています',
    storage: 'この端末に保存できません',
    open: '送信のようすを見る',
  },
  device: {
    title: '送信のようす',
    lead: 'この端末で記録したことが、届いたかどうかを確かめられます。送信は自動です。何もしなくて大丈夫です。',
    lastContact: '最後につながったのは、{{at}}です。',
    neverContacted: 'まだ一度もつながっていません。',
    attention: '確認が必要',
    waiting: '送信待ち',
    sent: '送った',
    noAttention: '確認が必要なものはありません。',
    noWaiting: '送信待ちのものはありません。',
    noSent: 'まだ何も送っていません。',
    sentNote: '新しいものから200件までです。お名前などは、送った後この一覧に残しません。',
    recordedAt: '{{at}}に記録',
    sentAt: '{{at}}に届きました',
    sentRefused: '{{at}}に届きましたが、受け付けられませんでした',
    dismiss: '確かめました',
    dismissLabel: '確かめました：{{what}}',
  },
  item: '{{what}}：{{subject}}',
  what: {
    venue: { save: '会場の登録' } satisfies WordsFor<'venue'>,
    instructor: { save: '講師の登録' } satisfies WordsFor<'instructor'>,
    session: {
      create: '教室の下書き',
      edit: '教室の変更',
      publish: '教室の公開',
      cancel: '教室の中止',
    } satisfies WordsFor<'session'>,
    enrollment: {
      request: '申し込み',
      cancel: '申し込みの取り消し',
      withdraw: '本人からの取り消し',
    } satisfies WordsFor<'enrollment'>,
    attendance: { mark: '受付', undo: '受付の取り消し', walkIn: '飛び込みの受付' } satisfies WordsFor<'attendance'>,
    training: { certify: '講師の認定' } satisfies WordsFor<'training'>,
    plan: { setIndicator: '指標の登録', recordItem: '手続・施設の登録' } satisfies WordsFor<'plan'>,
  },
  held: {
    unreadable: '内容を読み取れなかったため、この端末に残してあります。市の担当者に、この画面を見せてください。',
    not_permitted: 'この端末では送れない内容です。この端末に残してあります。担当用の画面に入り直すと、自動で送ります。',
    fault: '市の側の不具合で、まだ受け取れていません。この端末に残してあります。後でもう一度、自動で送ります。',
  } satisfies Record<HeldReason, string>,
  answer: {
    refusedHeading: '{{what}}は、受け付けられませんでした',
    enrolledHeading: '席が取れました',
    waitlistedHeading: 'キャンセル待ち{{position}}番目です',
    receipt: '受付番号は{{receiptNumber}}です。',
    more: 'ほかに{{count}}件あります。',
  },
  refusal: {
    session_unknown: 'この教室は、今は見つかりません。教室の一覧を開き直してください。',
    session_exists: '同じ教室が、もう登録されています。',
    session_cancelled: 'この教室は中止になりました。ほかの教室をお選びください。',
    already_published: 'この教室は、もう公開されています。',
    incomplete: 'まだ決まっていないことがあります。教室を開いて、足りないところを書いてください。',
    changed_meanwhile: 'ほかの人が先に変更しました。教室を開き直して、もう一度変更してください。',
    already_imported: 'この教室は、前に取り込んであります。',
    deadline_passed: '申し込みの受付は終わりました。お電話でご相談ください。',
    already_enrolled: '同じ方の申し込みが、もうあります。もう一度申し込む必要はありません。',
    enrollment_unknown: 'この申し込みは見つかりません。申し込みの一覧を開き直してください。',
    already_cancelled: 'もう取り消されています。',
    booking_unknown: '受付番号か、電話番号の下4けたが違います。もう一度確かめてください。',
    session_begun: 'この教室はもう始まっています。お電話でお知らせください。',
    learner_unknown: 'この方は見つかりません。一覧を開き直してください。',
    not_a_trainee: 'この方は、講師養成講座に申し込んでいません。',
    already_certified: 'この方は、もう認定されています。',
    number_taken: 'この番号は、もう使われています。別の番号を書いてください。',
    certified_in_future: '認定の日が、今日より後になっています。日にちを直してください。',
    item_exists: '同じ名前のものが、もう登録されています。',
    started_in_future: '始めた日が、今日より後になっています。日にちを直してください。',
    not_permitted: 'この端末では行えません。担当用の画面に入り直してください。',
  } satisfies Record<Refusal['code'], string>,
  stopped: {
    heading: '送信が止まっています',
    device_unknown:
      '市の側で、この端末を確かめられませんでした。記録は端末に残っています。市の担当者に、この画面を見せてください。',
    protocol_too_new:
      'ただいま入れ替えの作業中です。記録は端末に残っています。しばらくしてから、この画面を開き直してください。',
    unreadable_request: 'この画面が古くなっています。記録は端末に残っています。この画面を開き直してください。',
  } satisfies Record<SyncRefusal['code'] | 'heading', string>,
  storage: {
    heading: 'この端末に保存できません',
    absent: '保存を止める設定になっています。普通の画面（プライベートではない画面）で開き直してください。',
    full: '端末の空きがありません。写真や動画などを減らしてから、もう一度お試しください。',
    blocked: '同じページが、ほかでも開いています。ほかの画面を閉じてください。',
    newer: 'この画面が古くなっています。この画面を開き直してください。',
    lost: '保存する場所が開けません。この画面を閉じて、開き直してください。',
  } satisfies Record<StorageTrouble | 'heading', string>,
} as const
