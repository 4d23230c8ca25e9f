/** What a worker reports of its share of the seeds. */
export interface ShareReport {
  readonly edits: number
  readonly drafts: number
  readonly actions: Readonly<Record<string, number>>
  readonly failures: readonly { readonly seed: number; readonly message: string }[]
}

/** Both ends are of one program: a look at the form is enough. */
export function isShareReport(value: unknown): value is ShareReport {
  return typeof value === 'object' && value !== null && 'failures' in value && Array.isArray(value.failures)
}
