const setByNpm =
  /^npm_(package_.*|lifecycle_.*|command|config_(workspaces?|include_workspace_root|local_prefix|prefix|global|omit|include|production|dry_run))$/i

/**
 * The environment for what we start, without what npm told us for our own run: `npm_config_omit=dev` or `NODE_ENV=production` would leave
 * the tools out of the inner `npm ci`. Registry, cache, proxy and the like stay.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {NodeJS.ProcessEnv}
 */
export function cleanEnv(env) {
  const kept = Object.entries(env).filter(([name]) => !setByNpm.test(name) && name !== 'NODE_ENV' && name !== 'INIT_CWD')
  return { ...Object.fromEntries(kept), NX_DAEMON: 'false' }
}
