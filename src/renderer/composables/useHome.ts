import { computed, onMounted, ref, type ComputedRef, type Ref } from 'vue'
import { formatRoomLink, parseRoomLink } from '../../shared/roomLink'
import { useNavigation } from '../app/navigation'
import { useServices } from '../app/services'
import { useSay } from '../i18n'
import { useConnectionCheck, type ConnectionCheckView } from './joining/useConnectionCheck'
import { useHosting, type HostingView } from './joining/useHosting'
import { useJoinQuestion, type JoinQuestion } from './joining/useJoinQuestion'
import { useNearby, type Nearby } from './joining/useNearby'
import { describeDay } from './describeDay'
import { useOpenRoomFile, type OpenRoomFile } from './roomFiles/useOpenRoomFile'
import { useSaveRoomFile, type SaveRoomFile } from './roomFiles/useSaveRoomFile'
import { useMenuCommands } from './useMenuCommands'
import { parseServerAddress, useRooms, type RoomEntry, type Rooms } from './useRooms'

/** What a question is about, while it is asked. */
interface Question {
  readonly what: 'close' | 'forget'
  readonly entry: RoomEntry
}

export interface Home {
  readonly rooms: Rooms
  /** True while the room the app was opened with is on its way. */
  readonly isEntering: Ref<boolean>
  readonly link: Ref<string>
  readonly linkProblem: Ref<string | undefined>
  join(): void
  readonly roomFile: OpenRoomFile
  /** Undefined where rooms cannot be files: in a browser. */
  readonly saveRoomFile: SaveRoomFile | undefined
  /** Code of what went wrong with a room's file. */
  readonly fileProblem: Ref<string | undefined>
  readonly nearby: Nearby
  readonly hosting: HostingView
  readonly check: ConnectionCheckView
  /** Checks the way to the room of the link that was pasted. */
  checkLink(): void
  readonly joinQuestion: JoinQuestion
  answerJoin(isYes: boolean): void
  readonly remote: {
    /** A page in a browser may talk to nobody but the server it came from. */
    readonly canChooseServer: boolean
    readonly server: Ref<string>
    readonly title: Ref<string>
    readonly token: Ref<string>
    readonly serverProblem: Ref<string | undefined>
    readonly titleProblem: Ref<string | undefined>
    create(): Promise<void>
  }
  readonly question: Ref<Question | undefined>
  readonly questionTexts: ComputedRef<{ title: string; text: string; confirm: string }>
  answer(): Promise<void>
  /** "hosted here · open · nobody in it · last used today", for one room. */
  describe(entry: RoomEntry): string
}

/** The home screen: ways into rooms, and the rooms of before. `focusLink` goes to the field for a link. */
export function useHome(focusLink: () => void): Home {
  const say = useSay()
  const { clock, platform } = useServices()
  const canChooseServer = platform.kind === 'desktop'
  const navigation = useNavigation()
  const rooms = useRooms()
  const isEntering = ref(false)
  const link = ref('')
  const linkProblem = ref<string>()
  const server = ref('')
  const title = ref(rooms.defaultTitle.value)
  const token = ref('')
  const serverProblem = ref<string>()
  const titleProblem = ref<string>()
  const question = ref<Question>()
  const fileProblem = ref<string>()

  function join(): void {
    linkProblem.value = undefined
    if (link.value.trim() === '') linkProblem.value = say.t('home.linkEmpty')
    else if (!rooms.join(link.value)) linkProblem.value = say.t('home.linkWrong')
  }

  const check = useConnectionCheck()
  const hosting = useHosting()
  const joinQuestion = useJoinQuestion(rooms.titleOf)
  const onFileProblem = (code: string | undefined): void => {
    fileProblem.value = code
  }
  const roomFile = useOpenRoomFile(rooms.enterHosted, onFileProblem)
  useMenuCommands(() => ({
    ...(roomFile.isPossible && { 'open-room-file': () => void roomFile.choose() }),
    ...(rooms.canHost && { 'host-room': () => void rooms.host() }),
    'join-room': focusLink,
  }))

  onMounted(async () => {
    const startLink = navigation.takeStartLink()
    const startRoom = navigation.takeStartRoom()
    const isAsked = startLink !== undefined && platform.startLinkNeedsConfirmation === true
    isEntering.value = startLink !== undefined && !isAsked
    await rooms.load()
    const known = rooms.entries.value.find(({ roomId }) => roomId === startRoom)
    if (known !== undefined) return rooms.open(known)
    const startRoomFile = navigation.takeStartRoomFile()
    if (startRoomFile !== undefined) return roomFile.ask(startRoomFile)
    if (startLink === undefined) return
    link.value = startLink
    if (isAsked && joinQuestion.ask(startLink)) return
    join()
    isEntering.value = linkProblem.value === undefined
  })

  function checkLink(): void {
    const found = parseRoomLink(link.value)
    linkProblem.value = undefined
    if (found !== undefined) check.open(formatRoomLink(found))
    else linkProblem.value = say.t(link.value.trim() === '' ? 'home.linkEmpty' : 'home.linkWrong')
  }

  function answerJoin(isYes: boolean): void {
    const asked = joinQuestion.answer(isYes)
    if (asked !== undefined) rooms.join(formatRoomLink(asked))
    // Whoever says no has no use for the link that was handed over.
    else if (!isYes) link.value = ''
  }

  async function create(): Promise<void> {
    const origin = canChooseServer ? parseServerAddress(server.value) : window.location.origin
    serverProblem.value = origin === undefined ? say.t('home.remoteServerWrong') : undefined
    titleProblem.value = title.value.trim() === '' ? say.t('home.remoteTitleMissing') : undefined
    if (origin === undefined || titleProblem.value !== undefined) return
    await rooms.createOn(origin, title.value.trim(), token.value.trim())
  }

  const questionTexts = computed(() => {
    const name = { title: question.value?.entry.title ?? '' }
    if (question.value?.what === 'close') {
      return {
        title: say.t('home.closeTitle', name),
        text: say.t('home.closeText'),
        confirm: say.t('home.closeRoom'),
      }
    }
    const text = say.t(question.value?.entry.hosted === true ? 'home.forgetHostedText' : 'home.forgetText')
    return { title: say.t('home.forgetTitle', name), text, confirm: say.t('home.forget') }
  })

  /** "Hosted here · open · 2 people here", as it is now. */
  function describeKind({ roomId, hosted, open }: RoomEntry): string {
    if (!hosted) return say.t('home.recentJoined')
    if (!open) return say.t('home.recentHosted')
    const room = hosting.status.value?.people.find((each) => each.roomId === roomId)
    const people = room === undefined ? '' : ` · ${say.count('home.peopleIn', room.guests)}`
    return `${say.t('home.recentHostedOpen')}${people}`
  }

  return {
    rooms,
    isEntering,
    link,
    linkProblem,
    join,
    roomFile,
    saveRoomFile: useSaveRoomFile(onFileProblem),
    fileProblem,
    nearby: useNearby(),
    hosting,
    check,
    checkLink,
    joinQuestion,
    answerJoin,
    remote: { canChooseServer, server, title, token, serverProblem, titleProblem, create },
    question,
    questionTexts,

    async answer() {
      const asked = question.value
      question.value = undefined
      if (asked?.what === 'close') await rooms.close(asked.entry)
      if (asked?.what === 'forget') await rooms.forget(asked.entry)
    },

    describe(entry) {
      const kind = describeKind(entry)
      if (entry.lastUsed === 0) return kind
      return `${kind} · ${say.t('home.lastUsed', { when: describeDay(entry.lastUsed, clock.now(), say.locale.value) })}`
    },
  }
}
