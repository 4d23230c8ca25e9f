/** How much of returned history all sessions of a server may have waiting together, in UTF-16 units. */
export class HandBackBudget {
  #taken = 0

  constructor(private readonly most: number) {}

  /** Takes so much; false where there is not that much left. */
  take(length: number): boolean {
    if (this.#taken + length > this.most) return false
    this.#taken += length
    return true
  }

  /** Gives back what was taken. */
  free(length: number): void {
    this.#taken -= length
  }
}
