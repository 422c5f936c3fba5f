import { usePage } from './page-context.tsx'

/** Whether the person may look and change nothing (閲覧): pages leave out what the server would refuse. */
export function useOnlyLooks(): boolean {
  return usePage().role === 'viewer'
}
