type Env = Readonly<Record<string, string | undefined>>

/** The socket of an address as D-Bus writes it; null for one that cannot be reached from here. */
function socketOf(address: string): string | null {
  for (const candidate of address.split(';')) {
    const [, kind, path] = /^unix:(?:.*,)?(path|abstract)=([^,]+)/.exec(candidate) ?? []
    if (path !== undefined) return `${kind === 'abstract' ? '\0' : ''}${decodeURIComponent(path)}`
  }
  return null
}

/** The socket of the session's bus; null when the session has none. */
export function busSocket({
  DBUS_SESSION_BUS_ADDRESS: address,
  XDG_RUNTIME_DIR: folder
}: Env): string | null {
  if (address) return socketOf(address)
  return folder ? `${folder}/bus` : null
}

/** The machine's bus: where battery and sleep are told. */
export const systemSocket = ({ DBUS_SYSTEM_BUS_ADDRESS: address }: Env): string | null =>
  address ? socketOf(address) : '/run/dbus/system_bus_socket'
