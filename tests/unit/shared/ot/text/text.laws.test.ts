import { describeLaws } from '../laws'
import { textType } from '../../../../../src/shared/ot/text/textType'
import { makeTextOp, recipes, texts, wholeCharacter } from './arbitraries'

describeLaws({
  type: textType,
  snapshots: texts,
  recipes,
  makeOp: makeTextOp,
  makePosition: (snapshot, choice) =>
    wholeCharacter(snapshot.toString(), Math.floor(choice * (snapshot.length + 1))),
  smallestPiece: 20,
  runs: 500,
})
