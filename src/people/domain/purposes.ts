/** 利用目的, as the city says it in its 個人情報ファイル簿. Beside each form stands what is about that
 *  form. Source: docs/rules.md#purposes */
export const PURPOSES = [
  '教室・相談所・講座の申込の受付と席の割り当て、当日の受付、中止や変更などの連絡のため。',
  '講師養成講座を受けた人の認定と、その記録のため。',
  '利用者数などの集計のため（集計に氏名などは含めない）。',
] as const
