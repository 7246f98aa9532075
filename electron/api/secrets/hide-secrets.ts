import type { Problem } from '../../tickets/problem.ts'
import type { Credentials, TicketApi } from '../api.ts'
import { hideSecrets } from './secret-forms.ts'

const secretsOf = (credentials: Credentials): readonly string[] => {
  switch (credentials.kind) {
    case 'bearer':
    case 'header':
      return [credentials.token]
    case 'pair':
      return [credentials.access, credentials.secret]
  }
}

/**
 * A server may say what it was sent: «invalid token tok-…». Its words go to windows, files and logs, so what
 * proves who asks, and the server passwords of new tickets, are taken out of them first. `seen` are all secrets of this
 * run: those of this API are added, also when the server refuses them, and all of them are taken out.
 */
export function withoutSecrets(
  api: TicketApi,
  credentials: Credentials,
  seen: Set<string> = new Set()
): TicketApi {
  for (const secret of secretsOf(credentials)) seen.add(secret)
  const clean = <Answer extends object>(answer: Answer): Answer => {
    const { problem, message } = answer as { readonly problem?: Problem; readonly message?: string }
    if (message !== undefined) return { ...answer, message: hideSecrets(message, seen) }
    if (problem?.serverMessage === undefined) return answer
    return { ...answer, problem: { ...problem, serverMessage: hideSecrets(problem.serverMessage, seen) } }
  }
  return {
    version: api.version,
    list: async (...how) => clean(await api.list(...how)),
    create: async (draft, password, signal) => {
      seen.add(password)
      return clean(await api.create(draft, password, signal))
    },
    reply: async (id, text, signal) => clean(await api.reply(id, text, signal)),
    close: async (id, signal) => clean(await api.close(id, signal)),
    services: async (signal) => clean(await api.services(signal))
  }
}
