import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { extname, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DbsError } from '@backset/core'

interface Asset {
  readonly body: Uint8Array<ArrayBuffer>
  readonly type: string
  /** The beginning of its SHA-256: in its address, and as its ETag. */
  readonly hash: string
}

/** Files that pages load, and nothing else: they are read once, so a path of a request is a name that is known or is not. */
export class Assets {
  readonly #files: ReadonlyMap<string, Asset>

  /** @param folder every file in it is served, folders inside included */
  constructor(folder: URL) {
    const root = fileURLToPath(folder)
    const entries = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    this.#files = new Map(
      entries.map(({ parentPath, name }) => {
        const path = `${parentPath}${parentPath.endsWith(sep) ? '' : sep}${name}`
        return [relative(root, path).replaceAll(sep, '/'), assetOf(readFileSync(path), name)]
      }),
    )
  }

  find(name: string): Asset | undefined {
    return this.#files.get(name)
  }

  /** The address of a file; it changes with what is in it, so it may be kept for ever. */
  href(name: string): string {
    const asset = this.find(name)
    if (asset === undefined) throw new DbsError('internal', `There is no asset ${name}.`)
    return `/assets/${name}?v=${asset.hash}`
  }
}

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
}

const assetOf = (body: Buffer, name: string): Asset => ({
  body: new Uint8Array(body),
  type: types[extname(name)] ?? 'application/octet-stream',
  hash: createHash('sha256').update(body).digest('base64url').slice(0, 16),
})
