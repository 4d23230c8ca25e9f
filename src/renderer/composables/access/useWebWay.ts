import { computed, ref, type ComputedRef, type WritableComputedRef } from 'vue'
import type { QrCode } from '../../app/qrCode'
import { codeOfLink, type InviteLink } from './inviteLink'

export interface ChosenWay {
  /** Host and port by which browsers are to come. */
  readonly host: WritableComputedRef<string>
  /** What there is to choose from. */
  readonly choices: ComputedRef<readonly { readonly value: string; readonly label: string }[]>
  readonly link: ComputedRef<string>
  readonly qr: ComputedRef<QrCode | undefined>
}

/** Which of the host's addresses an invite's link and code for browsers name. */
export function useWebWay(invite: () => InviteLink): ChosenWay {
  const wanted = ref<string>()
  const way = computed(() => {
    const { ways } = invite()
    return ways.find(({ host }) => host === wanted.value) ?? ways[0]
  })
  const link = computed(() => way.value?.link ?? '')
  return {
    host: computed({
      get: () => way.value?.host ?? '',
      set: (host) => (wanted.value = host),
    }),
    choices: computed(() => invite().ways.map(({ host }) => ({ value: host, label: host }))),
    link,
    qr: computed(() => codeOfLink(link.value)),
  }
}
