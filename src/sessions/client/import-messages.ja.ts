import type { ImportFileRefusal, ImportRemark, ImportRowRefusal } from '#sessions/domain/event-csv-remark.ts'
import type { CsvFileProblem } from './read-csv-file.ts'

/** Every code that an import can answer with, by where it is shown. */
export interface ImportMessages {
  readonly remark: Readonly<Record<ImportRemark['code'], string>>
  readonly row: Readonly<Record<ImportRowRefusal['code'], string>>
  readonly file: Readonly<Record<ImportFileRefusal['code'] | CsvFileProblem['code'], string>>
}

export const importJa = {
  remark: {
    venue_missing: '場所名称が空欄です。会場を選んでください。',
    day_missing: '開始日が空欄です。開催日を入れてください。',
    day_unclear: '日付「{{text}}」が1日に決まりません。開催日を入れてください。',
    last_day_missing: '終了日が空欄です。1日だけの開催か、確かめてください。',
    period_not_a_day: '{{firstOn}}から{{lastOn}}までの期間です。開催日を1日ずつ入れてください。',
    several_days_mentioned: '「{{text}}」とあります。ほかの日の回も必要か、確かめてください。',
    time_missing: '開始時刻と終了時刻が空欄です。時刻を入れてください。',
    start_time_missing: '開始時刻が空欄です。時刻を入れてください。',
    end_time_missing: '終了時刻が空欄です。時刻を入れてください。',
    time_unclear: '時刻「{{text}}」が1つに決まりません。時刻を入れてください。',
    time_only_in_text: '時刻が文章の中だけにあります。「{{text}}」を見て、時刻を入れてください。',
    time_unusual: '{{startTime}}に始まると書いてあります。時刻を確かめてください。',
    times_reversed: '{{startTime}}に始まり、{{endTime}}に終わると書いてあります。時刻を入れ直してください。',
    see_time_note: '日時備考に「{{text}}」とあります。日時を確かめてください。',
    capacity_missing: '定員が空欄です。定員を入れてください。',
    capacity_unclear: '定員「{{text}}」が1から500までの数ではありません。定員を入れてください。',
    deadline_unclear: '申込期限日「{{text}}」が読み取れません。申込の期限を入れてください。',
    deadline_after_day: '申込期限が{{enrollUntilOn}}で、開催日の{{heldOn}}より後です。期限を入れ直してください。',
    deadline_time_not_kept: '申込期限時刻「{{text}}」はメモに移しました。期限はその日の終わりまでになります。',
    fee_stated: '料金「{{text}}」はメモに移しました。内容を確かめてください。',
    status_stated: '状態に「{{text}}」とあります。開催するか、確かめてください。',
    maybe_help_desk: '題名に「相談」とあります。よろず相談所の回か、確かめてください。',
    emoji_in_text: '{{column}}に絵文字があります。紙に出ないことがあるので、確かめてください。',
    characters_removed: '{{column}}から、目に見えない文字を取り除きました。',
    text_shortened: '{{column}}が長いため、{{limitCount}}字に縮めました。言葉を確かめてください。',
    note_shortened: 'メモが長いため、{{limitCount}}字までに縮めました。内容を確かめてください。',
    like_another_row: '{{otherRow}}行目とよく似ています。両方とも必要か、確かめてください。',
  },
  row: {
    title_missing: '名称が空欄です。元の表に名称を入れて、もう一度読み込んでください。',
    impossible_day: '日付「{{text}}」は暦にありません。元の表を直して、もう一度読み込んでください。',
    same_row_twice: '{{otherRow}}行目と同じ内容です。この行は取り込みません。',
    cells_beyond_header: '見出しより右にも文字があります。列がずれていないか、元の表を確かめてください。',
  },
  file: {
    empty_file: '表の中に行がありません。別のファイルを選んでください。',
    not_this_layout: 'イベントの表ではないようです。次の列が見つかりません。{{missing}}',
    column_twice: '同じ名前の列が2つあります。元の表を直してください。{{columns}}',
    too_many_rows: '{{rowCount}}行あります。{{limitCount}}行までに分けて読み込んでください。',
    file_too_large: 'ファイルが大きすぎます。{{limitKb}}KBまでに分けて読み込んでください。',
    not_a_csv: 'CSVではありません。表計算ソフトで「CSV」を選んで保存してください。',
    unreadable_bytes: '文字を読み取れません。「CSV UTF-8」を選んで保存し直してください。',
    broken_quotes: '{{row}}行目の引用符（"）が閉じていません。元の表を確かめてください。',
  },
} as const satisfies ImportMessages
