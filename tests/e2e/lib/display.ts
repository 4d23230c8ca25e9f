import process from 'node:process'
import { displayVariable } from '../../../scripts/testing/endToEnd.mjs'

/** This process's environment, with the display of the lane that this test runs in. */
export function environmentOnDisplay(): NodeJS.ProcessEnv {
  const display = process.env[displayVariable(Number(process.env['TEST_PARALLEL_INDEX']))]
  return display === undefined ? process.env : { ...process.env, DISPLAY: display }
}
