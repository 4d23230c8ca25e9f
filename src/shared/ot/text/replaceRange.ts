/**
 * Replacing a range of CodeMirror's rope.
 *
 * `Text.replace` rebalances the branch around a leaf whose share of the lines is out of bounds, on every edit in it;
 * typing at the end of a text mostly is such a case. An edit within one line cannot unbalance anything, so here it only
 * copies the path down to that line: half the time over a whole recording (see docs/decisions/text-algebra.md).
 */
import { Text } from '@codemirror/state'

type BranchConstructor = new (children: readonly Text[], length: number) => Text

/** CodeMirror's class for inner nodes, which it does not export; without it all goes through `Text.replace`. */
const Branch = findBranch()

/** `text` with `inserted` in place of the units from `from` to `to`. */
export function replaceRange(text: Text, from: number, to: number, inserted: string): Text {
  if (Branch !== undefined && !inserted.includes('\n')) {
    const result = replaceWithinLine(Branch, text, from, to, inserted)
    if (result !== undefined) return result
  }
  return text.replace(from, to, toText(inserted))
}

/** A string as a rope. */
export function toText(text: string): Text {
  if (text === '') return Text.empty
  return Text.of(text.includes('\n') ? text.split('\n') : [text])
}

/** Undefined if the range is not within one line. */
function replaceWithinLine(
  Branch: BranchConstructor,
  text: Text,
  from: number,
  to: number,
  inserted: string,
): Text | undefined {
  if (text.children === null) {
    const leaf = text.replace(from, to, toText(inserted))
    return leaf.lines === text.lines ? leaf : undefined
  }
  let start = 0
  for (let i = 0; i < text.children.length; i++) {
    const child = text.children[i] as Text
    const end = start + child.length
    if (to <= end) {
      if (from < start) return undefined
      const replaced = replaceWithinLine(Branch, child, from - start, to - start, inserted)
      if (replaced === undefined) return undefined
      const children = text.children.slice()
      children[i] = replaced
      return new Branch(children, text.length - (to - from) + inserted.length)
    }
    start = end + 1
  }
  return undefined
}

function findBranch(): BranchConstructor | undefined {
  const branch = Text.of(Array.from({ length: 100 }, (_, line) => `line ${line}`))
  const constructor: unknown = branch.constructor
  return makesBranches(constructor, branch) ? constructor : undefined
}

/** True if `constructor`, given the children of `branch` and its length, makes its like. */
function makesBranches(constructor: unknown, branch: Text): constructor is BranchConstructor {
  if (typeof constructor !== 'function' || branch.children === null) return false
  const made: unknown = Reflect.construct(constructor, [branch.children.slice(), branch.length])
  return (
    made instanceof Text &&
    made.length === branch.length &&
    made.lines === branch.lines &&
    made.eq(branch) &&
    Object.keys(made).join() === Object.keys(branch).join()
  )
}
