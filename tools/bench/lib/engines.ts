/** What is compared: our algebra, two other algebras and two CRDTs, each doing the same two tasks. */
import { ChangeSet, Text } from '@codemirror/state'
import { LoroDoc } from 'loro-crdt'
import { type as unicodeType, type TextOp as UnicodeOp } from 'ot-text-unicode'
import * as Y from 'yjs'
import { composeAll } from '../../../src/shared/ot/composeAll'
import { replacement, type TextOp } from '../../../src/shared/ot/text/textOp'
import { textType } from '../../../src/shared/ot/text/textType'
import type { Edit, OfflineMerge, Replay } from './workloads'

/** The part that is timed. Gives the texts that all have to be equal; making them is timed only in a merge. */
export type Task = () => () => readonly string[]

export interface Engine {
  /** Applies every edit by itself. */
  replay(replay: Replay): Task
  /** Makes both people's edits (not timed), then merges them: each side takes in what the other did. */
  offline(merge: OfflineMerge): Task
}

const toOp = ([position, deleted, inserted]: Edit): TextOp =>
  replacement(position, position + deleted, inserted)

const ours: Engine = {
  replay:
    ({ transactions }) =>
    () => {
      let text = textType.create()
      for (const edits of transactions) {
        for (const edit of edits) {
          const op = toOp(edit)
          textType.check(text, op)
          text = textType.apply(text, op)
        }
      }
      return () => [textType.serialise(text)]
    },
  offline: ({ base, mine, theirs }) => {
    const start = textType.parseSnapshot(base)
    const myOps = mine.map(toOp)
    const theirOps = theirs.map(toOp)
    return () => {
      const later = composeAll(textType, myOps) ?? []
      const earlier = composeAll(textType, theirOps) ?? []
      const [earlierAfter, laterAfter] = textType.transformBoth(earlier, later)
      const here = textType.apply(textType.apply(start, later), earlierAfter)
      const there = textType.apply(textType.apply(start, earlier), laterAfter)
      const texts = [textType.serialise(here), textType.serialise(there)]
      return () => texts
    }
  },
}

/** Composes like {@link composeAll}, with another algebra. */
function tree<Op>(ops: readonly Op[], compose: (a: Op, b: Op) => Op, empty: Op): Op {
  return composeAll({ compose }, ops) ?? empty
}

const codeMirror: Engine = {
  replay:
    ({ transactions }) =>
    () => {
      let text = Text.empty
      for (const edits of transactions) {
        for (const [from, deleted, insert] of edits) {
          text = ChangeSet.of({ from, to: from + deleted, insert }, text.length).apply(text)
        }
      }
      return () => [text.toString()]
    },
  offline: ({ base, mine, theirs }) => {
    const start = Text.of(base.split('\n'))
    const changes = (edits: readonly Edit[]): ChangeSet[] => {
      let length = start.length
      return edits.map(([from, deleted, insert]) => {
        const set = ChangeSet.of({ from, to: from + deleted, insert }, length)
        length = set.newLength
        return set
      })
    }
    const mySets = changes(mine)
    const theirSets = changes(theirs)
    const compose = (a: ChangeSet, b: ChangeSet): ChangeSet => a.compose(b)
    const empty = ChangeSet.empty(start.length)
    return () => {
      const later = tree(mySets, compose, empty)
      const earlier = tree(theirSets, compose, empty)
      const here = earlier.map(later).apply(later.apply(start))
      const there = later.map(earlier, true).apply(earlier.apply(start))
      const texts = [here.toString(), there.toString()]
      return () => texts
    }
  },
}

const toUnicodeOp = ([position, deleted, inserted]: Edit): UnicodeOp => [
  ...(position > 0 ? [position] : []),
  ...(inserted === '' ? [] : [inserted]),
  ...(deleted > 0 ? [{ d: deleted }] : []),
]

const otTextUnicode: Engine = {
  replay:
    ({ transactions }) =>
    () => {
      let text = ''
      for (const edits of transactions)
        for (const edit of edits) text = unicodeType.apply(text, toUnicodeOp(edit))
      return () => [text]
    },
  offline: ({ base, mine, theirs }) => {
    const myOps = mine.map(toUnicodeOp)
    const theirOps = theirs.map(toUnicodeOp)
    return () => {
      const later = tree(myOps, unicodeType.compose, [])
      const earlier = tree(theirOps, unicodeType.compose, [])
      const { apply, transform } = unicodeType
      const texts = [
        apply(apply(base, later), transform(earlier, later, 'right')),
        apply(apply(base, earlier), transform(later, earlier, 'left')),
      ]
      return () => texts
    }
  },
}

const yjs: Engine = {
  replay:
    ({ transactions }) =>
    () => {
      const doc = new Y.Doc()
      const text = doc.getText('text')
      for (const edits of transactions) doc.transact(() => applyToYjs(text, edits))
      return () => [text.toString()]
    },
  offline: ({ base, mine, theirs }) => {
    const root = new Y.Doc()
    root.getText('text').insert(0, base)
    const state = Y.encodeStateAsUpdateV2(root)
    const replica = (edits: readonly Edit[]): { doc: Y.Doc; since: Uint8Array } => {
      const doc = new Y.Doc()
      Y.applyUpdateV2(doc, state)
      const since = Y.encodeStateVector(doc)
      for (const edit of edits) doc.transact(() => applyToYjs(doc.getText('text'), [edit]))
      return { doc, since }
    }
    const here = replica(mine)
    const there = replica(theirs)
    return () => {
      const mineEncoded = Y.encodeStateAsUpdate(here.doc, there.since)
      const theirsEncoded = Y.encodeStateAsUpdate(there.doc, here.since)
      Y.applyUpdate(here.doc, theirsEncoded)
      Y.applyUpdate(there.doc, mineEncoded)
      const texts = [here, there].map((each) => each.doc.getText('text').toString())
      return () => texts
    }
  },
}

function applyToYjs(text: Y.Text, edits: readonly Edit[]): void {
  for (const [position, deleted, inserted] of edits) {
    if (deleted > 0) text.delete(position, deleted)
    if (inserted !== '') text.insert(position, inserted)
  }
}

const loro: Engine = {
  replay:
    ({ transactions }) =>
    () => {
      const doc = new LoroDoc()
      for (const edits of transactions) applyToLoro(doc, edits)
      return () => [doc.getText('text').toString()]
    },
  offline: ({ base, mine, theirs }) => {
    const root = new LoroDoc()
    applyToLoro(root, [[0, 0, base]])
    const state = root.export({ mode: 'snapshot' })
    const replica = (edits: readonly Edit[]): { doc: LoroDoc; since: ReturnType<LoroDoc['version']> } => {
      const doc = new LoroDoc()
      doc.import(state)
      const since = doc.version()
      for (const edit of edits) applyToLoro(doc, [edit])
      return { doc, since }
    }
    const here = replica(mine)
    const there = replica(theirs)
    return () => {
      const mineEncoded = here.doc.export({ mode: 'update', from: here.since })
      const theirsEncoded = there.doc.export({ mode: 'update', from: there.since })
      here.doc.import(theirsEncoded)
      there.doc.import(mineEncoded)
      const texts = [here, there].map((each) => each.doc.getText('text').toString())
      return () => texts
    }
  },
}

function applyToLoro(doc: LoroDoc, edits: readonly Edit[]): void {
  const text = doc.getText('text')
  for (const [position, deleted, inserted] of edits) {
    if (deleted > 0) text.delete(position, deleted)
    if (inserted !== '') text.insert(position, inserted)
  }
  doc.commit()
}

export const ENGINES: Readonly<Record<string, Engine>> = {
  inkroom: ours,
  'CodeMirror ChangeSet': codeMirror,
  'ot-text-unicode': otTextUnicode,
  Yjs: yjs,
  Loro: loro,
}
