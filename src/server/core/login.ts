/** Who a session has proven to be. */
export interface Login {
  readonly windowId: string
  readonly deviceId: string
  readonly name: string
  readonly colour: number
  /** What a room that is joined signs. */
  readonly challenge: string
}
