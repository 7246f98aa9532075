import type { Problem } from '../../tickets/problem.ts'
import type { Credentials, TicketApi } from '../api.ts'
import { redactSecrets } from './redact-secrets.ts'

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
 * Removes secrets from the server's messages, which go to windows, files and logs: a server may quote what it received
 * («invalid token tok-…»). `secrets` are all secrets of this run; the credentials of this API (also refused ones) and the
 * server passwords of new tickets are added to it.
 */
export function redactAnswers(
  api: TicketApi,
  credentials: Credentials,
  secrets: Set<string> = new Set()
): TicketApi {
  for (const secret of secretsOf(credentials)) secrets.add(secret)
  const redact = <Answer extends object>(answer: Answer): Answer => {
    const { problem, message } = answer as { readonly problem?: Problem; readonly message?: string }
    if (message !== undefined) return { ...answer, message: redactSecrets(message, secrets) }
    if (problem?.serverMessage === undefined) return answer
    return {
      ...answer,
      problem: { ...problem, serverMessage: redactSecrets(problem.serverMessage, secrets) }
    }
  }
  return {
    version: api.version,
    list: async (...args) => redact(await api.list(...args)),
    create: async (draft, password, signal) => {
      secrets.add(password)
      return redact(await api.create(draft, password, signal))
    },
    reply: async (id, text, signal) => redact(await api.reply(id, text, signal)),
    close: async (id, signal) => redact(await api.close(id, signal)),
    services: async (signal) => redact(await api.services(signal))
  }
}
