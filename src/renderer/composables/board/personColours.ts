const known = new Map<string, { readonly tone: string; readonly onTone: string }>()

/** A person's colours in the theme that is on, as the style sheet has them. */
export function personColours(colour: number): { readonly tone: string; readonly onTone: string } {
  const key = `${document.documentElement.dataset['theme'] ?? ''} ${colour}`
  let colours = known.get(key)
  if (colours === undefined) {
    const probe = document.createElement('span')
    probe.className = `person-${colour}`
    document.body.append(probe)
    const style = getComputedStyle(probe)
    colours = {
      tone: style.getPropertyValue('--person').trim() || '#2c53c6',
      onTone: style.getPropertyValue('--on-person').trim() || '#ffffff',
    }
    probe.remove()
    known.set(key, colours)
  }
  return colours
}
