import type { EventName, Events } from './contract.ts'

/** Tells every window. */
export type Broadcast = <Name extends EventName>(name: Name, payload: Events[Name]) => void
