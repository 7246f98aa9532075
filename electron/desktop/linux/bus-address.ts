type Env = Readonly<Record<string, string | undefined>>

/** Socket path of a D-Bus address; null if it has no Unix socket. */
function socketOf(address: string): string | null {
  for (const candidate of address.split(';')) {
    const [, kind, path] = /^unix:(?:.*,)?(path|abstract)=([^,]+)/.exec(candidate) ?? []
    if (path !== undefined) return `${kind === 'abstract' ? '\0' : ''}${decodeURIComponent(path)}`
  }
  return null
}

/** Socket path of the session bus; null if the session has none. */
export function busSocket({
  DBUS_SESSION_BUS_ADDRESS: address,
  XDG_RUNTIME_DIR: folder
}: Env): string | null {
  if (address) return socketOf(address)
  return folder ? `${folder}/bus` : null
}

/** Socket path of the system bus, which reports battery and sleep. */
export const systemSocket = ({ DBUS_SYSTEM_BUS_ADDRESS: address }: Env): string | null =>
  address ? socketOf(address) : '/run/dbus/system_bus_socket'
