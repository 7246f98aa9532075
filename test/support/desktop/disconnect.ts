import type { EventEmitter } from 'node:events'
import type { MessageBus } from '@jellybrick/dbus-next'

/** Closes the connection. Calls that arrive meanwhile cannot be answered, which the library reports as errors. */
export function disconnect(bus: MessageBus): void {
  const events: EventEmitter = bus
  events.on('error', () => undefined)
  bus.disconnect()
}
