import { join } from 'node:path'
import { NODE_PROGRAM } from '../bootstrap/packages.mjs'
import { NODE_MODULES, ROOT } from '../bootstrap/paths.mjs'
import { canInstall } from '../bootstrap/system.mjs'
import { electronEnvironment, hasDisplay } from '../runtime.mjs'
import { readPlaywrightReport, readVitestReport } from './results.mjs'

/**
 * @typedef {object} Step
 * @property {string} name
 * @property {readonly string[]} command
 * @property {Record<string, string>} [env]
 * @property {{ file: string, read: (report: object) => import('./results.mjs').Count | undefined }} [report] for a
 *   step of many tests: the report it writes; without one the step counts as one test
 */

const REPORTS = join(ROOT, '.cache', 'test-reports')

/**
 * @param {string} path a program's script in node_modules
 * @param {readonly string[]} args
 * @returns {string[]}
 */
function tool(path, ...args) {
  return [NODE_PROGRAM, join(NODE_MODULES, path), ...args]
}

/**
 * @param {string} name
 * @param {readonly string[]} projects
 * @returns {Step}
 */
function vitest(name, projects) {
  const file = join(REPORTS, `${name}.json`)
  const selection = projects.map((project) => `--project=${project}`)
  return {
    name,
    command: tool(
      'vitest/vitest.mjs',
      ...['run', ...selection, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
    ),
    report: { file, read: readVitestReport },
  }
}

/**
 * Everything that is checked and tested, in groups one after the other. What is in one group may run side by side: it
 * says nothing about time, or waits more than it works.
 * @returns {Step[][]}
 */
export function groups() {
  return [
    [
      { name: 'lint', command: tool('eslint/bin/eslint.js', '--max-warnings=0', '.') },
      { name: 'lint with types', command: tool('oxlint/bin/oxlint') },
      { name: 'typecheck', command: tool('vue-tsc/bin/vue-tsc.js', '--build') },
      { name: 'format', command: tool('oxfmt/bin/oxfmt', '--check', '.') },
      { name: 'build', command: [NODE_PROGRAM, join(ROOT, 'scripts', 'build.mjs')] },
    ],
    [vitest('unit', ['unit', 'renderer'])],
    [vitest('integration', ['integration'])],
    [
      // Its machines wait for each other most of the time, while a package is made by one processor.
      vitest('network', ['network']),
      // It installs what it tests, which takes dpkg and root.
      ...(canInstall() ? [playwright('package', ['--config', 'tests/package'])] : []),
    ],
    [playwright('e2e', [])],
  ]
}

/**
 * @param {string} name
 * @param {readonly string[]} options
 * @returns {Step}
 */
function playwright(name, options) {
  const file = join(REPORTS, `${name}.json`)
  const display = hasDisplay() ? [] : ['xvfb-run', '-a', '-s', '-screen 0 1600x1000x24']
  return {
    name,
    command: [...display, ...tool('@playwright/test/cli.js', 'test', '--reporter=list,json', ...options)],
    env: { ...electronEnvironment(), PLAYWRIGHT_JSON_OUTPUT_FILE: file },
    report: { file, read: readPlaywrightReport },
  }
}
