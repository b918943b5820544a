import { expect, test } from 'vitest'
import { cleanEnv } from '../clean-env.mjs'

test('what npm said for our own run stays here', () => {
  const env = {
    NODE_ENV: 'production',
    INIT_CWD: '/',
    npm_config_omit: 'dev',
    npm_lifecycle_event: 'test',
    npm_package_name: 'x',
    npm_command: 'run',
  }
  expect(cleanEnv(env)).toEqual({ NX_DAEMON: 'false' })
})

test('registry, cache and proxy pass to the children', () => {
  const env = {
    PATH: '/bin',
    npm_config_registry: 'http://localhost',
    npm_config_cache: '/c',
    npm_config_proxy: 'p',
    npm_config_ignore_scripts: 'true',
  }
  expect(cleanEnv(env)).toEqual({ ...env, NX_DAEMON: 'false' })
})
