import { help, readCommandLine, UsageError } from './command-line.js'
import { startEmulator } from './start-emulator.js'

async function main(): Promise<void> {
  const options = readCommandLine(process.argv.slice(2))
  if (options === undefined) {
    process.stdout.write(help)
    return
  }
  const emulator = await startEmulator(options)
  const stop = (): void => void emulator.close().then(() => process.exit(0))
  process.once('SIGTERM', stop).once('SIGINT', stop)
  const { url, accessKeyId, accessKeySecret, region, sts, world } = emulator
  process.stdout.write(`${JSON.stringify({ url, accessKeyId, accessKeySecret, region, plans: world.planIds, sts })}\n`)
}

main().catch((error: unknown) => {
  const usage = error instanceof UsageError || error instanceof RangeError
  process.stderr.write(`backset-emulator: ${messageOf(error)}\n${usage ? 'See backset-emulator --help.\n' : ''}`)
  process.exitCode = usage ? 2 : 1
})

function messageOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')
    return 'The port is in use. Choose another one, or --port 0 for a free one.'
  return error instanceof Error ? error.message : String(error)
}
