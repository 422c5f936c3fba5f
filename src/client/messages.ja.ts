export const ja = {
  product: 'よろず',
  title: '{{page}}｜よろず',
  skip: '本文へ移動',
  home: 'ホームへ戻る',
  languages: '言語',
  menu: 'メニュー',
  help: 'お困りのときは、お電話ください',
  /** docs/rules.md#office-hours */
  hours: '月曜から金曜の、午前8時30分から午後5時15分まで（祝日と年末年始は休み）',
  nav: { sessions: '教室をさがす', hall: '受付', office: '主催者の画面', admin: '管理' },
  foot: { staff: '職員・講師の方', account: '自分の入り方・出る' },
  loading: '読み込んでいます。',
  chunk: {
    kind: '確かめてください',
    heading: 'この画面を出せません',
    text: '電波のある所で、もう一度お試しください。記録したことは、この端末に残っています。',
    retry: 'もう一度試す',
  },
  notFound: {
    title: 'このページは見つかりません',
    lead: '住所（アドレス）が変わったか、終わった教室のページです。',
    home: '教室をさがす',
  },
  update: {
    kind: 'お知らせ',
    heading: '新しい版があります',
    text: '切り替えは、すぐに終わります。記録したことは、この端末に残ります。',
    button: '新しい版に切り替える',
    unsent: '送信待ちの記録があります。電波のある所で送信が終わると、切り替えられます。',
    typing: '書きかけのところがあります。書き終えてから、もう一度押してください。',
  },
} as const
