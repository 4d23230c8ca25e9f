/** Finding a room, asking to come in, and why it does not work. */
export const enJoining = {
  confirmTitle: 'Join “{title}”?',
  confirmText: 'Another program asked Inkroom to open this room. Join only if you know who it comes from.',
  confirmJoin: 'Join',
  host: 'Computer',
  invitedBy: 'Invited by',
  yourRole: 'You',
  roleUnknown: 'as the owner decides',
  waitingTitle: 'Waiting to enter “{title}”',
  waitingText: 'The owner sees your name and can let you in. Wait here: the room opens by itself.',
  stopWaiting: 'Stop waiting',
  refusedInvite: 'This invite is no longer valid',
  refusedNeedsInvite: 'This room needs an invite',
  notAnswered: 'Nobody has answered',
  refusedByOwner: 'The owner did not let you in',
  refusedCertificate: 'This is not the computer you were invited to',
  refusedOther: 'The room cannot be opened',
  tryAgain: 'Try again',
  askAgain: 'Ask again',
  checkConnection: 'Check the connection',
  unreachable: 'The host does not answer.',
  expectedFingerprint: 'Fingerprint in your invite',
  mismatchWhat:
    'Either the host has made a new certificate, or somebody between you and the host is pretending to be the host. Nothing of yours was sent.',
  mismatchDo:
    'Ask the host to open “Invite” and to compare the fingerprint there with this one. If they differ, ask for a new invite. If they are the same, do not go on in this network.',
} as const

export const enCheck = {
  title: 'Connection check',
  hint: 'The way to the room, step by step, from this computer.',
  running: 'Checking the way to the room…',
  again: 'Check again',
  failed: 'The check could not be completed. Try again.',
  allWell: 'Everything works from here. Open the room again.',
  address: '{origin} ({address})',
  stepResolve: 'Find the address',
  stepConnect: 'Reach the computer',
  stepTls: 'Encrypt',
  stepFingerprint: 'Recognise the host',
  stepProtocol: 'Compare versions',
  stepRoom: 'Enter the room',
  ok: 'works',
  failedStep: 'failed',
  notNeeded: 'not needed',
  skipped: 'not tried',
  took: '{ms} ms',
  otherAddresses: 'Other addresses of this room',
} as const

/** What to do about each thing that a check finds. */
export const enCheckCodes = {
  'name-unknown':
    'Nobody in this network knows the name of the host. Check the link, or ask for one with an address in numbers.',
  'name-server-silent':
    'This network’s name server does not answer. Check that you are online, then try again.',
  'no-network': 'This computer is not in a network. Turn on Wi-Fi or plug in a cable.',
  'no-route':
    'There is no way from this network to the host. Join the same Wi-Fi as the host; guest networks often keep devices apart.',
  'port-refused':
    'The computer is there, but no room is open on it. Ask the host to open Inkroom and the room again.',
  'port-silent':
    'The computer is silent, most likely because of its firewall. Ask the host to let Inkroom through: it says how under “Can others reach it?”.',
  'connection-cut':
    'The connection was cut at once. A firewall or a proxy may be in between; ask who runs the network.',
  'tls-missing':
    'The host answers without encryption, which the link forbids. Ask for a new invite, and do not go on if it stays so.',
  'encryption-needed':
    'The host takes no connections without encryption. Ask for a new invite, whose link begins with https.',
  'tls-failed':
    'The encrypted connection could not be made. Update Inkroom on both computers, then try again.',
  'certificate-untrusted':
    'This computer does not trust the server’s certificate. Ask for an invite, which names the certificate.',
  'certificate-mismatch':
    'The host has another certificate than the link names. Ask the host to compare the fingerprint, and for a new invite.',
  'not-inkroom': 'Something other than Inkroom answers there. Check the link, or ask for a new one.',
  'protocol-unsupported': 'The two versions of Inkroom do not fit together. Update the older one.',
  'name-refused':
    'The host does not answer to the name in this address. Use the link that the host shows, which has an address in numbers.',
  'server-refused':
    'The host did not take the connection, under this address at least. Use the link as the host shows it, or ask for a new one.',
  'server-silent': 'The host accepted the connection and then went silent. Ask the host to restart Inkroom.',
  'server-full': 'The host has no free connection at the moment. Wait a little, then try again.',
  'room-unknown': 'The host no longer has this room. Ask for a new link.',
  'room-closed': 'The room is closed. Ask the owner to open it again.',
  'invite-needed': 'Nobody can enter this room without an invite. Ask the owner for one.',
  'invite-invalid': 'The invite does not belong to this room. Ask for a new one.',
  'invite-expired': 'The invite has expired. Ask for a new one.',
  'invite-used-up': 'The invite has been used up. Ask for a new one.',
  'invite-revoked': 'The invite was taken back. Ask the owner for a new one.',
  banned: 'The owner has shut this device out. Ask the owner.',
  'would-wait': 'The room is there, and the owner is asked before you come in.',
} as const

export const enNearby = {
  title: 'Rooms nearby',
  at: 'on {host}',
  join: 'Join {title} on {host}',
  empty: 'None at the moment. A room that somebody opens in Inkroom on this network appears here by itself.',
  off: 'Inkroom was started with --no-discovery: it does not look for rooms, and others do not find yours. Join with a link, or restart Inkroom without that option.',
  appeared: '{title} on {host} is open nearby.',
} as const

export const enHosting = {
  openAt: 'Open for others at {address}',
  openNowhere: 'This computer is not on a network, so others cannot come in at the moment.',
  connections: 'nobody connected | one connection | {n} connections',
  check: 'Can others reach it?',
  reachTitle: 'Can others reach this computer?',
  reachHint: 'What this computer can find out by itself.',
  checking: 'Asking the room server at each address…',
  reached: 'Yes. Somebody has come in from another computer since the server started.',
  notYet:
    'Nobody has come in from another computer yet. Let somebody try; if it does not work, the firewall is the most likely cause.',
  deaf: 'The room server does not answer at its own addresses. Close the room and open it again.',
  addresses: 'Addresses of this computer',
  answers: 'answers',
  silent: 'does not answer',
  kindLocal: 'local network',
  kindPublic: 'internet',
  kindTunnel: 'VPN: only for people in the same one',
  kindShared: 'virtual machines, or devices that share this computer’s network',
  kindInner: 'only inside this computer',
  kindSelfAssigned: 'no network: a made-up address',
  firewall: 'Let Inkroom through the firewall',
  firewallWindows: 'Open a terminal as administrator and run:',
  firewallMac: 'Open Terminal and run, with an administrator’s password:',
  firewallLinux: 'Open a terminal and run:',
  firewallOther: 'Allow incoming TCP connections to port {port}.',
  firewallNone:
    'No firewall that Inkroom knows is on here. The router or access point may keep devices apart: look for “client isolation”.',
  copyCommands: 'Copy commands',
} as const
