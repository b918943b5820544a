import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** Words that stand for secrets: where one of them shows, something leaked. */
export const canary = { secret: 'CanarySecretDoNotShow', token: 'CanaryTokenDoNotShow' }

/** A home folder with the vendor's files in it. */
export interface CredentialsFolder extends AsyncDisposable {
  readonly homeDir: string
}

/** @param files contents by path below the home folder; what is no text is written as JSON */
export async function credentialsFolder(files: Readonly<Record<string, unknown>> = {}): Promise<CredentialsFolder> {
  const homeDir = await mkdtemp(join(tmpdir(), 'backset-home-'))
  for (const [name, content] of Object.entries(files)) {
    const path = join(homeDir, name)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content))
  }
  return { homeDir, [Symbol.asyncDispose]: () => rm(homeDir, { recursive: true }) }
}

/** `~/.aliyun/config.json` with these profiles; the first is the current one. */
export const cliConfig = (...profiles: readonly Readonly<Record<string, unknown>>[]): Readonly<Record<string, unknown>> => ({
  '.aliyun/config.json': { current: profiles[0]?.['name'] ?? 'default', profiles },
})
