import { createHash } from 'node:crypto'
import { basename, dirname, join } from 'node:path'
import { bytesOf } from '../exports/read-export.js'
import { wrongFile } from '../exports/wrong-file.js'
import { Manifest, manifestOf, type SourceReading } from '../manifest.js'
import { isProved } from '../proved.js'
import { checkContent } from './check-content.js'
import { Faults } from './faults.js'

/** What was found of one export. */
export interface Verified {
  /** The manifest, as it was named. */
  readonly path: string
  /** SHA-256 of the manifest: the next one of the report names it. */
  readonly sha256: string
  /** Absent where the file is no manifest. */
  readonly manifest?: Manifest
  /** Whole sentences, none where all is as it was written. */
  readonly faults: readonly string[]
}

/** No manifest is as large; a file that is some other thing is not read to its end. */
const mostBytes = 64 * 1024 * 1024

/**
 * Compares an export with its manifest: bytes, checksum, rows, columns, and each row with the schema of tasks.
 * @throws what the signal aborts with; whatever is wrong with the export is a fault
 */
export async function verifyExport(path: string, signal: AbortSignal): Promise<Verified> {
  const faults = new Faults()
  const bytes = await faults.of(async () => read(path, signal))
  const sha256 = createHash('sha256')
    .update(bytes ?? '')
    .digest('hex')
  const manifest = bytes && (await faults.of(async () => manifestIn(bytes.toString(), path)))
  if (manifest === undefined) return { path, sha256, faults: faults.all }
  judgeClaims(manifest, faults)
  const { companion, compress } = manifest
  await checkFile(path, { ...manifest, gzip: compress === 'gzip' }, { faults, signal })
  if (companion !== undefined) {
    const beside = { ...companion, rows: companion.rows ?? manifest.rows, settings: manifest.settings }
    await checkFile(path, { ...beside, format: 'csv', gzip: false }, { faults, signal })
  }
  return { path, sha256, manifest, faults: faults.all }
}

async function read(path: string, signal: AbortSignal): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of bytesOf(path, signal)) {
    size += chunk.length
    if (size > mostBytes) throw wrongFile('It is too large for a manifest.')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function manifestIn(text: string, path: string): Manifest {
  const { data } = Manifest.safeParse(jsonIn(text))
  if (data === undefined) throw wrongFile('It is no manifest of an export.')
  if (basename(path) !== manifestOf(data.file))
    throw wrongFile(`It is the manifest of ${JSON.stringify(data.file)}, and bears another name.`)
  return data
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** What a manifest says must agree with itself. */
function judgeClaims({ complete, allowIncomplete, sources, rows, settings }: Manifest, faults: Faults): void {
  const proved = sources.every((source) => isProved(source as SourceReading))
  if (complete !== proved)
    faults.add(
      `Its manifest calls it ${complete ? 'complete' : 'incomplete'}, and the proofs in it ${proved ? 'do' : 'do not'} show that it is.`,
    )
  if (!complete && !allowIncomplete) faults.add('Its manifest calls it incomplete, which its report does not allow.')
  const had = sources.reduce((sum, source) => sum + source.rows, 0)
  // Tasks that are gone come from an earlier look.
  if (rows > had && !settings.onlyChanges) faults.add(`Its manifest tells of ${rows} rows, out of lists that had ${had}.`)
}

type Described = Parameters<typeof checkContent>[1] & { readonly file: string; readonly bytes: number; readonly sha256: string }

async function checkFile(
  manifestPath: string,
  described: Described,
  { faults, signal }: { readonly faults: Faults; readonly signal: AbortSignal },
): Promise<void> {
  const { file } = described
  if (basename(file) !== file || /[/\\]/.test(file)) return faults.add(`${JSON.stringify(file)} is no name of a file beside its manifest.`)
  const path = join(dirname(manifestPath), file)
  const told = new Faults()
  const facts = await told.of(async () => factsOf(path, signal))
  if (facts !== undefined) {
    if (facts.bytes !== described.bytes) told.add(`It has ${facts.bytes} bytes, and its manifest says ${described.bytes}.`)
    if (facts.sha256 !== described.sha256) told.add(`Its SHA-256 is ${facts.sha256}, and its manifest says ${described.sha256}.`)
    await told.of(async () => checkContent(bytesOf(path, signal), described, told))
  }
  for (const fault of told.all) faults.add(`${file}: ${fault}`)
}

async function factsOf(path: string, signal: AbortSignal): Promise<{ readonly bytes: number; readonly sha256: string }> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const chunk of bytesOf(path, signal)) {
    hash.update(chunk)
    bytes += chunk.length
  }
  return { bytes, sha256: hash.digest('hex') }
}
