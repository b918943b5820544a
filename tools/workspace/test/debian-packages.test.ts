import { expect, test } from 'vitest'
import { installDebianPackages } from '../debian-packages.mjs'

const isInstalled = (program: string): boolean => !['chromium', 'zsh'].includes(program)

/** A machine that lacks two of them, whose commands end with the codes given, in turn. */
function machine(codes: readonly number[], { isRoot = true } = {}) {
  const ran: string[] = []
  const run = async (program: string, args: readonly string[]) => {
    ran.push([program, ...args.filter((arg) => !/^-|^DPkg|^DEBIAN_/.test(arg))].join(' '))
    return codes[ran.length - 1] ?? 0
  }
  return { ran, world: { isInstalled, run, isRoot } }
}

test('nothing is installed where all is there', async () => {
  const { ran, world } = machine([])
  expect(await installDebianPackages({ ...world, isInstalled: () => true })).toBeUndefined()
  expect(ran).toEqual([])
})

test('what is missing is installed', async () => {
  const { ran, world } = machine([0])
  expect(await installDebianPackages(world)).toBeUndefined()
  expect(ran).toEqual(['env apt-get install chromium zsh'])
})

test('the lists are renewed when an install fails', async () => {
  const { ran, world } = machine([100, 0, 0], { isRoot: false })
  expect(await installDebianPackages(world)).toBeUndefined()
  expect(ran).toEqual(['sudo env apt-get install chromium zsh', 'sudo env apt-get update', 'sudo env apt-get install chromium zsh'])
})

test('a machine that cannot install says what to run', async () => {
  expect(await installDebianPackages(machine([1, 1]).world)).toContain('By hand: apt-get install -y --no-install-recommends chromium zsh')
  const withoutApt = { isInstalled, run: () => Promise.reject(new Error('spawn env ENOENT')), isRoot: true }
  expect(await installDebianPackages(withoutApt)).toContain('By hand')
})
