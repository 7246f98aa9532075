import type { Problem } from '../tickets/problem.ts'
import type { Credentials, TicketApi } from './api.ts'

const secretsOf = (credentials: Credentials): readonly string[] => {
  switch (credentials.kind) {
    case 'bearer':
    case 'header':
      return [credentials.token]
    case 'pair':
      return [credentials.access, credentials.secret]
  }
}

/** Shorter ones stand in any sentence by chance, and are no secret worth the name. */
const shortest = 4

function hide(text: string, secrets: readonly string[]): string {
  const forms = secrets
    .filter(({ length }) => length >= shortest)
    .flatMap((secret) => [secret, encodeURIComponent(secret)])
  return [...new Set(forms)]
    .sort((a, b) => b.length - a.length)
    .reduce((clean, form) => clean.replaceAll(form, '…'), text)
}

/**
 * A server may say what it was sent: «invalid token tok-…». Its words go to windows, files and logs, so what
 * proves who asks is taken out of them first.
 */
export function withoutSecrets(api: TicketApi, credentials: Credentials): TicketApi {
  const own = secretsOf(credentials)
  const clean = <Answer extends object>(answer: Answer, secrets = own): Answer => {
    const { problem, message } = answer as { readonly problem?: Problem; readonly message?: string }
    if (message !== undefined) return { ...answer, message: hide(message, secrets) }
    if (problem?.serverMessage === undefined) return answer
    return { ...answer, problem: { ...problem, serverMessage: hide(problem.serverMessage, secrets) } }
  }
  return {
    version: api.version,
    list: async (fingerprint, signal) => clean(await api.list(fingerprint, signal)),
    create: async (draft, password, signal) =>
      clean(await api.create(draft, password, signal), [...own, password]),
    reply: async (id, text, signal) => clean(await api.reply(id, text, signal)),
    close: async (id, signal) => clean(await api.close(id, signal)),
    services: async (signal) => clean(await api.services(signal))
  }
}
