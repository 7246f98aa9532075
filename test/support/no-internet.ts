/** Blocks connections of tests to the internet; only loopback is allowed. */
const realFetch = globalThis.fetch

globalThis.fetch = (input, init) => {
  const url = new URL(input instanceof Request ? input.url : String(input))
  if (url.protocol !== 'data:' && !['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname))
    throw new Error(`A test asked ${url.origin}: tests reach loopback only`)
  return realFetch(input, init)
}
