import { packageIfStale } from '../../scripts/packaging/packageIfStale.mjs'

/** Playwright's global setup: the tests install what the sources say now. */
export default async function makePackage(): Promise<void> {
  await packageIfStale()
}
