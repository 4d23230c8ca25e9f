export const enUpdates = {
  title: 'Updates',
  automatic: 'Look for new versions',
  automaticHint:
    'Now and then, at the address Inkroom came from. Nothing about you or this computer is sent.',
  check: 'Look now',
  checking: 'Looking for a new version…',
  running: 'This is Inkroom {version}.',
  current: 'Inkroom {version} is the newest version.',
  downloading: 'Inkroom {version} is being downloaded…',
  ready: 'Inkroom {version} is ready. Press “Restart now” to install it.',
  restart: 'Restart now',
  failed: 'No new version could be looked for. Check that this computer is online, then try again.',
  system: 'The system’s package manager, or whoever unpacked it, installs new versions.',
} as const
