import type { TraineeRow } from '#training/domain/certification.ts'

/** How a trainee is called on the page: by name, or by kana where no name was given. */
export function traineeName({ name, nameKana }: TraineeRow): string {
  return name ?? nameKana
}
