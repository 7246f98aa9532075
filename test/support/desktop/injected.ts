/**
 * Attempts of a script that was injected into a page of the app. Runs inside the page, so it may not refer to anything outside.
 * Returns what was allowed, refused and reported.
 */
export async function injectedScript(origin: string): Promise<{
  readonly tried: readonly string[]
  readonly network: readonly string[]
  readonly ran: readonly unknown[]
  readonly violated: readonly string[]
  readonly base: string
}> {
  const violated: string[] = []
  document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) =>
    violated.push(effectiveDirective)
  )
  const world = window as unknown as { ran: string[] }
  world.ran = []
  const record = (tag: string, set: Record<string, string>): void => {
    const element = document.createElement(tag)
    try {
      for (const [name, value] of Object.entries(set)) element.setAttribute(name, value)
    } catch {
      // Trusted Types block an object before the content security policy does.
    }
    document.head.append(element)
  }
  record('link', { rel: 'stylesheet', href: `${origin}/x.css` })
  record('link', { rel: 'prefetch', href: `${origin}/x` })
  record('img', { src: `${origin}/x.png` })
  record('iframe', { src: `${origin}/x` })
  record('iframe', { src: 'app://bilet/inbox.html' })
  record('object', { data: `${origin}/x` })
  record('video', { src: `${origin}/x.mp4` })
  record('base', { href: `${origin}/` })
  const attemptLater = (name: string, attempt: () => unknown): Promise<string> =>
    // Asynchronous, because code on the debugger's stack is exempt from some restrictions.
    new Promise((resolve) => {
      const channel = new MessageChannel()
      channel.port1.onmessage = () => {
        try {
          attempt()
          resolve(`${name} allowed`)
        } catch {
          resolve(`${name} refused`)
        }
      }
      channel.port2.postMessage(null)
    })
  const code = 'window.ran.push("string")'
  const tried = [
    await attemptLater('eval', () => {
      ;(0, eval)(code)
    }),
    await attemptLater('Function', () => {
      // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- what is tried
      new Function(code)()
    }),
    await attemptLater('setTimeout', () => {
      // eslint-disable-next-line @typescript-eslint/no-implied-eval -- what is tried
      if (setTimeout(code) === 0) throw new Error('refused')
    }),
    await attemptLater('innerHTML', () => {
      document.createElement('div').innerHTML = '<img src=x onerror="window.ran.push(1)">'
    }),
    await attemptLater('a script element', () => {
      const script = document.createElement('script')
      script.append('window.ran.push("inline")')
      document.head.append(script)
    }),
    await attemptLater('document.write', () => {
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- what is tried
      document.write('<script>window.ran.push(2)</script>')
    }),
    await attemptLater('script.src', () => {
      document.createElement('script').src = `${origin}/x.js`
    }),
    await attemptLater('a policy of its own', () => {
      const { trustedTypes } = window as unknown as {
        trustedTypes: { createPolicy(name: string, rules: object): unknown }
      }
      trustedTypes.createPolicy('mine', { createHTML: (text: string) => text })
    }),
    await attemptLater('Svelte’s policy once more', () => {
      const { trustedTypes } = window as unknown as {
        trustedTypes: { createPolicy(name: string, rules: object): unknown }
      }
      trustedTypes.createPolicy('svelte-trusted-html', { createHTML: (text: string) => text })
    })
  ]
  const network = await Promise.allSettled([
    fetch(`${origin}/x`),
    new Promise((resolve, reject) => {
      const socket = new WebSocket(origin.replace('http', 'ws'))
      socket.onopen = resolve
      socket.onerror = reject
    })
  ])
  navigator.sendBeacon(`${origin}/x`, 'x')
  await new Promise((resolve) => setTimeout(resolve, 100))
  for (const element of document.head.querySelectorAll('img,iframe,object,video,base,link[rel=prefetch]'))
    element.remove()
  return {
    tried,
    network: network.map(({ status }) => status),
    ran: world.ran,
    violated: [...new Set(violated)].sort(),
    base: document.baseURI
  }
}
