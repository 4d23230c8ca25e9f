import type { ErrorTexts } from '../errorTexts'
import { enRoomFileErrors } from './enRoomFiles'

/** What happened, then what to do next. */
export const enErrors: ErrorTexts = {
  'message-malformed':
    'The server did not understand this Inkroom. Update Inkroom on both computers, then open the room again.',
  'name-too-long':
    'The name is too long. Choose a shorter one: at most 60 characters for a person, 100 for a room.',
  'frame-too-large':
    'The server takes only smaller pieces than this Inkroom sent. Update Inkroom on both computers, then open the room again.',
  'protocol-unsupported':
    'This Inkroom and the server have versions that do not fit together. Update the older one, then join again.',
  'login-failed':
    'The server does not take your login, which was made for the address or certificate that this device has met. Join with a new link from the host, and if that fails, too, tell the host.',
  'login-timeout': 'Signing in took too long. Check the network, then try again.',
  'join-timeout': 'Entering the room took too long. Check the network, then try again.',
  'not-answered':
    'Nobody has let you in for a long time. Ask the owner whether they are there, then try again.',
  'out-of-turn':
    'The connection got out of step. Open the room again; what you wrote is kept on this device.',
  replaced: 'You went on in another window. Continue there, or open the room again here.',
  'too-many-connections': 'The server is full at the moment. Wait a little, then try again.',
  'rate-limited':
    'This Inkroom sent more at once than the host takes. It connects again by itself; what you wrote is kept on this device.',
  'not-reading':
    'The network is too slow for what happens in this room. Inkroom connects again by itself; what you wrote is kept on this device.',
  'encryption-needed':
    'The host takes no connections without encryption any more. Open the room by its https address; your browser asks once.',
  'certificate-mismatch':
    'Whoever answers at this address is not the host that your link names, so nothing was sent. Are you on the same network as the host? If so, ask the host for a new link.',
  'host-asleep': 'The host’s computer is asleep. Keep writing; you are connected again when it wakes up.',
  'server-stopping': 'The server is restarting. Keep writing; you are connected again as soon as it is back.',
  internal: 'The server met a problem. What was saved is safe; try again, and tell the host if it goes on.',
  'room-unknown': 'This room is no longer on the server. Ask the host for a new link.',
  'room-closed':
    'The owner has closed this room. Ask for it to be opened again, then come back with the same link.',
  'room-creation-refused':
    'This server does not let you create rooms. Check the creation token, or ask whoever runs the server for one.',
  'room-full': 'The room is full. Wait until somebody leaves, then try again.',
  'too-many-rooms': 'The server has no space for another room. Ask whoever runs it to make space.',
  'not-allowed': 'Your role in this room does not allow this. Ask the owner to let you write.',
  'room-unproven':
    'The computer that answered could not prove that it hosts this room. Nothing of yours was sent. Ask the host for a new link.',
  'invite-needed': 'Only people with an invite can enter this room. Ask the owner for one.',
  'invite-invalid': 'This invite does not belong to this room. Ask the owner for a new one.',
  'invite-expired': 'This invite has expired. Ask the owner for a new one.',
  'invite-used-up': 'This invite has been used up. Ask the owner for a new one.',
  'invite-revoked': 'The owner has taken this invite back. Ask for a new one.',
  banned: 'The owner has shut you out of this room. What you wrote is kept on this device.',
  removed: 'The owner has removed you from this room. What you wrote is kept on this device.',
  'not-admitted': 'The owner has not let you in. Ask them, then try again.',
  'member-unknown': 'This person is no longer a member of the room. Look at the list again.',
  'last-owner': 'A room has at least one owner. Make somebody else an owner first.',
  'access-full':
    'The room has reached its limit of invites, devices of one person or roles on pages. Take some back, then try again.',
  'page-unknown': 'This page is no longer in the room. Choose another page on the left.',
  'page-unsupported': 'This page is of a kind that this version does not know. Update Inkroom to open it.',
  'page-too-large':
    'The page has reached its largest size. Start a new page and move part of the text there.',
  'too-many-pages': 'The room has no space for another page. Delete one that is not needed, then try again.',
  'op-malformed':
    'The server could not read an edit. It is kept as a draft: copy it from there and enter it again.',
  'op-unfit': 'An edit did not fit the page any more. It is kept as a draft: copy from there what you need.',
  'op-too-large': 'That was too much text at once. It is kept as a draft: insert it again in smaller parts.',
  'asset-too-large': 'The picture is larger than 10 MB. Make it smaller, then add it again.',
  'asset-not-an-image':
    'This is not a PNG, JPEG, GIF or WebP picture, or the file is damaged. Choose another file.',
  'asset-too-many-pixels':
    'The picture has more than 50 million pixels or a side of more than 16,384. Scale it down, then add it again.',
  'asset-damaged': 'The picture arrived damaged. Add it again from the file.',
  'too-many-assets':
    'The pictures in this room take up all the space they may. Make a new room for more, or ask whoever runs the server to make space.',
  'too-many-uploads': 'Many pictures are being sent to this room. Yours follows by itself.',
  'upload-unknown': 'Sending a picture was interrupted. It goes on by itself.',
  'too-many-shapes':
    'The board has no space for more shapes. Delete some, or go on drawing on a new whiteboard.',
  'stroke-too-long': 'A stroke became too long. It is kept as a draft: draw it again in shorter strokes.',
  'label-too-long':
    'That is too much text for one shape. It is kept as a draft: put it into a text page or several shapes.',
  'number-out-of-range':
    'Something was put too far away from the middle of the board. It is kept as a draft: place it nearer.',
  'client-taken': 'Another device uses this window’s identity. Close the room and open it again.',
  'update-conflict':
    'The server has another edit in place of this one. It is kept as a draft: copy from there what you need.',
  'history-unproven':
    'The server’s history of this page does not match yours. Your text is kept as a draft: compare it with the page.',
  'storage-failed':
    'There is no space left to store changes, or the disk cannot be written. Free some space; saving then goes on by itself.',
  ...enRoomFileErrors,
  'file-not-text':
    'This file is not UTF-8 text, so it was not opened. Save it as UTF-8 text, or choose another file.',
  'file-too-large': 'This file is too large for one page. Split it into smaller files and open those.',
  'file-unreadable':
    'The file could not be read. Check that it still exists and that you may open it, then try again.',
  'file-unwritable':
    'The file could not be written, and the old one is unchanged. Choose another folder, or check that the disk has space.',
  'data-unwritable':
    'Inkroom cannot write to its data folder on this computer. Free some space or give yourself access to it, then try again.',
  'port-in-use':
    'Other programs use all the network ports Inkroom tried. Close one of them, or restart the computer, then host again.',
  'database-corrupt':
    'The stored rooms on this computer are damaged, so nothing was changed. Put a backup of Inkroom’s data folder in its place, then start again.',
  'database-too-new':
    'The stored rooms were made by a newer Inkroom, so nothing was changed. Install the newer version to open them.',
  'database-locked': 'Another Inkroom is using the stored rooms. Close it, then try again.',
  'host-failed': 'Inkroom’s room server did not start. Try again; if it fails once more, restart Inkroom.',
  'lease-lost':
    'This room went on in another window while this one slept. Continue there, or open the room again here.',
  'server-storage-failed':
    'The computer that holds this room cannot read or store right now; its disk may be full. What you write is kept here and sent again by itself.',
  'written-into-purged':
    'You wrote in a shape that somebody else had deleted, and the board has forgotten it since. The shape is kept here with your words: copy them from here.',
  'server-unreachable':
    'No server answers at this address. Check the address and the network, then try again.',
  unknown:
    'Something went wrong that Inkroom did not expect. Try again; what you wrote is kept on this device.',
}
