import type { AssetClient, AssetState } from '../../../client/api'
import type { Clock } from '../../../shared/clock'
import type { Shape } from '../model'

/** A picture's file. */
export interface PictureFile {
  readonly bytes: Uint8Array
  readonly mimeType: string
}

export interface GatheredPictures {
  readonly files: ReadonlyMap<string, PictureFile>
  /** How many could not be had. */
  readonly missing: number
}

/** A picture of which nothing more has come for this long is not waited for any longer, in ms. */
const PATIENCE_MS = 8000
/** One that the server does not have either is not waited for much. */
const WAITING_PATIENCE_MS = 1500

/** Ids of the pictures that shapes show, each once. */
export function assetIdsOf(shapes: readonly Shape[]): readonly string[] {
  const ids = shapes.flatMap((shape) =>
    shape.type === 'image' && shape.assetId !== undefined ? [shape.assetId] : [],
  )
  return [...new Set(ids)]
}

/** Fetches the files of pictures that are not on this device yet, as far as they come. `onSlow`: it takes a while. */
export async function gatherPictures(
  ids: readonly string[],
  assets: AssetClient,
  clock: Clock,
  onSlow: () => void,
): Promise<GatheredPictures> {
  const cancel = clock.after(500, onSlow)
  const files = new Map<string, PictureFile>()
  for (const [index, state] of (await Promise.all(ids.map((id) => arrived(assets, id, clock)))).entries()) {
    const id = ids[index]
    if (id !== undefined && state.state === 'ready') files.set(id, state)
  }
  cancel()
  return { files, missing: ids.length - files.size }
}

/** The state a picture comes to rest in. */
function arrived(assets: AssetClient, id: string, clock: Clock): Promise<AssetState> {
  return new Promise((resolve) => {
    const observable = assets.watch(id)
    let giveUp = (): void => undefined
    const look = (state: AssetState): void => {
      giveUp()
      if (state.state === 'ready' || state.state === 'failed') finish(state)
      else
        giveUp = clock.after(state.state === 'waiting' ? WAITING_PATIENCE_MS : PATIENCE_MS, () =>
          finish(state),
        )
    }
    const stop = observable.subscribe(look)
    const finish = (state: AssetState): void => {
      giveUp()
      stop()
      resolve(state)
    }
    look(observable.value)
  })
}
