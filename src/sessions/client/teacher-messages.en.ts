import type { teachersJa } from './teacher-messages.ja.ts'

export const teachersEn: Record<keyof typeof teachersJa, string> = {
  purpose: 'The name is used only to plan who teaches, and to know whose phone gets a list.',
  chosen: 'Who teaches: {{count}}',
  hint: 'So far {{count}}. Choose and press “Add”.',
  pick: 'Please choose',
  withKana: '{{name}} ({{kana}})',
  add: 'Add',
  role: 'Role of {{name}}',
  remove: 'Remove',
  removeLabel: 'Remove {{name}}',
  unknown: 'The name has not arrived yet',
  open: 'Add somebody who is not listed',
  name: 'Name of who teaches',
  kana: 'Name in kana (furigana)',
  addNew: 'Add this person',
}
