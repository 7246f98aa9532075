/** Makes the request of a command; texts come from standard input where they are not an argument. */
import type { ParsedCommand } from '../arguments/parse.ts'
import type { CommandOutcome } from '../protocol/command-problem.ts'
import type { Request } from '../protocol/requests.ts'
import { cleanInput, readInput, readPassword, type Streams } from './streams.ts'

export interface InputParts {
  readonly streams: Streams
  /** Called before a text is read from a terminal or a pipe. */
  readonly beforeReading: () => void
}

function textOf(
  text: string | null,
  { streams, beforeReading }: InputParts
): Promise<CommandOutcome<string>> {
  if (text !== null) return Promise.resolve(cleanInput(text))
  beforeReading()
  return readInput(streams)
}

const succeed = (value: Request): CommandOutcome<Request> => ({ ok: true, value })

export async function requestOf(command: ParsedCommand, input: InputParts): Promise<CommandOutcome<Request>> {
  switch (command.name) {
    case 'list': {
      const { query, filter, account, limit, refresh } = command
      return succeed({ command: 'list', query, filter, account, limit, refresh })
    }
    case 'show': {
      const { ticket, account, refresh, markRead, showSecrets } = command
      return succeed({ command: 'show', ticket, account, refresh, markRead, showSecrets })
    }
    case 'reply': {
      const { ticket, account, close, allowChanges } = command
      const text = await textOf(command.text, input)
      return text.ok
        ? succeed({ command: 'reply', ticket, account, text: text.value, close, allowChanges })
        : text
    }
    case 'new': {
      const { account, department, title, service, serverIp, serverUser, passwordFile, allowChanges } =
        command
      const password = passwordFile === null ? { ok: true as const, value: '' } : readPassword(passwordFile)
      if (!password.ok) return password
      const text = await textOf(command.text, input)
      if (!text.ok) return text
      const draft = { title, service, message: text.value, serverIp, serverUser }
      return succeed({ command: 'new', account, department, draft, password: password.value, allowChanges })
    }
    case 'close':
      return succeed({ command: 'close', tickets: [...command.tickets], account: command.account })
    case 'status':
      return succeed(
        command.ids.length > 0
          ? { command: 'entries', ids: [...command.ids], wait: command.waitMs }
          : { command: 'status', refresh: command.refresh }
      )
  }
}
