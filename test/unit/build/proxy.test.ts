import { describe, expect, it } from 'vitest'
import { findProxies, withoutPassword } from '../../../build/electron-runtime/proxy.ts'

const a = 'http://a.example:1'
const b = 'http://b.example:2'

describe('the proxy of a download', () => {
  it.each([
    ['npm’s for both', { npm_config_proxy: a }, { http: a, https: a }],
    ['npm’s for https, which is also asked for http', { npm_config_https_proxy: a }, { http: a, https: a }],
    ['npm’s for each', { npm_config_proxy: a, npm_config_https_proxy: b }, { http: a, https: b }],
    ['npm’s before the environment’s', { npm_config_proxy: a, HTTPS_PROXY: b }, { http: a, https: a }],
    ['the environment’s', { HTTP_PROXY: a, HTTPS_PROXY: b }, { http: a, https: b }],
    ['the environment’s in small letters', { http_proxy: a, https_proxy: b }, { http: a, https: b }],
    ['one without a scheme', { HTTPS_PROXY: 'a.example:1' }, { http: a, https: a }]
  ])('is %s', (_which, env, expected) => {
    expect(findProxies(env)).toEqual({ ...expected, direct: '' })
  })

  it('is none where none is named, or where npm exports an empty one', () => {
    expect(findProxies({})).toBeNull()
    expect(
      findProxies({ npm_config_proxy: '', npm_config_https_proxy: '', npm_config_noproxy: '' })
    ).toBeNull()
  })

  it('is not asked for the hosts that npm, or the environment, excepts', () => {
    const env = { HTTPS_PROXY: a, NO_PROXY: 'env.example' }
    expect(findProxies({ ...env, npm_config_noproxy: 'npm.example' })?.direct).toBe('npm.example')
    expect(findProxies({ ...env, npm_config_noproxy: '' })?.direct).toBe('env.example')
  })

  it('is named without user and password', () => {
    expect(withoutPassword('http://ayse:gizli@proxy.example:8080/')).toBe('proxy.example:8080')
    expect(withoutPassword('http://')).not.toContain('http')
  })
})
