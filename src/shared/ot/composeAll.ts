import type { OtType } from './otType'

/**
 * Composes a sequence of ops as a balanced tree: O(n log n) where folding one by one onto a growing op is
 * O(n^2) (10,000 ops: 36 ms against 6.8 s, measured with CodeMirror's ChangeSet).
 */
export function composeAll<Op>(
  type: Pick<OtType<unknown, Op, unknown>, 'compose'>,
  ops: readonly Op[],
): Op | undefined {
  if (ops.length === 0) return undefined
  let level = ops
  while (level.length > 1) {
    const next: Op[] = []
    for (let i = 0; i + 1 < level.length; i += 2) next.push(type.compose(level[i] as Op, level[i + 1] as Op))
    if (level.length % 2 === 1) next.push(level[level.length - 1] as Op)
    level = next
  }
  return level[0]
}
