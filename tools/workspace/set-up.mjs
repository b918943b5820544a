// What a bare clone needs before anything of it can run. Only Node itself is imported here.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { locked } from './lock.mjs'
import { root, run, runTool } from './run.mjs'

const stampFile = join(root, 'node_modules', '.set-up')

/** Installs what package-lock.json says, unless that has been done. Ends the process with npm's exit code when npm fails. */
export async function install() {
  if (isInstalled()) return
  await locked(root, 'install', async () => {
    if (isInstalled()) return // by the one we waited for
    process.stderr.write('Installing what package-lock.json names …\n')
    const code = await npmCi()
    if (code !== 0) process.exit(code)
    writeStamp() // the root's postinstall has done it, unless scripts are switched off
  })
}

/** Installs and builds what is missing. Ends the process when a build fails. */
export async function build() {
  await install()
  const code = await locked(root, 'run', () => runTool('nx', ['run-many', '-t', 'build', '--parallel=2', '--outputStyle=static']))
  if (code !== 0) process.exit(code)
}

function npmCi() {
  const args = ['ci', '--include=dev']
  const npm = process.env['npm_execpath']
  return npm?.endsWith('npm-cli.js') ? run(process.execPath, [npm, ...args], { stdout: 'stderr' }) : run('npm', args, { stdout: 'stderr' })
}

function isInstalled() {
  return existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp()
}

/** What makes an install another one: the lock file, and what native packages are chosen by. */
function stamp() {
  const lockHash = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
  return `${lockHash} ${process.platform} ${process.arch} ${process.versions.modules}\n`
}

function writeStamp() {
  writeFileSync(stampFile, stamp())
}

// The root's postinstall: an `npm ci` by hand counts too.
if (process.argv[1]?.endsWith('set-up.mjs') && process.argv[2] === '--stamp') writeStamp()
