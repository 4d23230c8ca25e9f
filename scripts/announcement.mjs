/**
 * What to tell somebody who started the server by hand, from the JSON line it prints when it listens.
 * @param {string} line
 * @returns {string | undefined} undefined if the line is none of that kind
 */
export function joinText(line) {
  const message = parse(line)
  if (
    typeof message !== 'object' ||
    message === null ||
    !('event' in message) ||
    message.event !== 'listening'
  ) {
    return undefined
  }
  const room = 'room' in message ? message.room : undefined
  const links = stringsOf(room, 'links')
  const places = links.length > 0 ? links : stringsOf(message, 'urls')
  const data = 'data' in message ? [`Everything is kept in ${String(message.data)}`] : []
  const intro =
    links.length > 0
      ? 'A room is open. To join it, open in a browser or in the app:'
      : 'Inkroom is served at:'
  return [
    '',
    intro,
    ...places.map((place) => `  ${place}`),
    '',
    ...data,
    'Ctrl-C stops the server.',
    '',
  ].join('\n')
}

/**
 * @param {string} line
 * @returns {unknown}
 */
function parse(line) {
  try {
    return JSON.parse(line)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/**
 * @param {unknown} value
 * @param {string} key
 * @returns {string[]} the strings in the list of that name
 */
function stringsOf(value, key) {
  if (typeof value !== 'object' || value === null) return []
  const list = /** @type {Record<string, unknown>} */ (value)[key]
  return Array.isArray(list) ? list.filter((entry) => typeof entry === 'string') : []
}
