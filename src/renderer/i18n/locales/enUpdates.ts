export const enUpdates = {
  title: 'Updates',
  automatic: 'Check for new versions',
  automaticHint:
    'Now and then, at the address Inkroom came from. Nothing about you or this computer is sent.',
  check: 'Check now',
  checking: 'Checking for a new version…',
  running: 'This is Inkroom {version}.',
  current: 'Inkroom {version} is the newest version.',
  downloading: 'Downloading Inkroom {version}…',
  ready: 'Inkroom {version} is ready. Press “Restart now” to install it.',
  restart: 'Restart now',
  failed: 'Inkroom could not check for a new version. Make sure this computer is online, then try again.',
  system: 'The system’s package manager, or whoever unpacked it, installs new versions.',
} as const
