/* Playwright's global setup: the end-to-end tests run what the sources say now, also when called by themselves. */
export { buildIfStale as default } from '../building.mjs'
