import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Screen } from '../../test/screen.js'
import { enterScreen, frameChange, frameOf, leaveScreen, rowsThatFit } from './live-table.js'

const rows = 8
const frames = fc.array(fc.stringMatching(/^[a-z\d]{1,12}$/), { maxLength: rows })
const filled = (frame: readonly string[]): string[] => Array.from({ length: rows }, (_, at) => frame[at] ?? '')

describe('a frame', () => {
  test('stands on the screen as it is, whatever stood there before', () => {
    fc.assert(
      fc.property(fc.array(frames, { minLength: 1, maxLength: 5 }), (all) => {
        const screen = new Screen(rows, 20)
        screen.write(enterScreen)
        all.forEach((frame, at) => {
          screen.write(frameChange(all[at - 1], frame))
          expect(screen.lines).toEqual(filled(frame))
        })
      }),
    )
  })

  test('touches only the lines that differ from the one before', () => {
    fc.assert(
      fc.property(frames, frames, (before, after) => {
        const screen = new Screen(rows, 20)
        screen.write(`${enterScreen}${frameChange(undefined, before)}`)
        screen.takeTouched()
        screen.write(frameChange(before, after))
        const [old, fresh] = [filled(before), filled(after)]
        expect(screen.takeTouched()).toEqual(fresh.flatMap((line, at) => (line === old[at] ? [] : [at])))
      }),
    )
  })

  test('as text', () => {
    expect(frameChange(undefined, ['a', 'b'])).toBe('\u001B[H\u001B[2J\u001B[1;1H\u001B[2Ka\u001B[2;1H\u001B[2Kb')
    expect(frameChange(['a', 'b', 'c'], ['a', 'x'])).toBe('\u001B[2;1H\u001B[2Kx\u001B[3;1H\u001B[2K')
    expect(frameChange(['a'], ['a'])).toBe('')
  })
})

test('the terminal is left as it was', () => {
  const screen = new Screen(rows, 20)
  const { isAlternate, isCursorShown, doesWrap } = screen
  screen.write(enterScreen)
  expect(screen).toMatchObject({ isAlternate: true, isCursorShown: false, doesWrap: false })
  screen.write(leaveScreen)
  expect(screen).toMatchObject({ isAlternate, isCursorShown, doesWrap })
  expect(leaveScreen).toContain('\u001B[0m')
})

describe('a screen that is too short', () => {
  test.each([
    [3, 10, 3],
    [9, 10, 9],
    [10, 10, 8],
    [100, 10, 8],
    [5, 2, 0],
    [5, 1, 0],
    [5, 0, 0],
    [5, -3, 0],
    [0, 0, 0],
  ])('of %d rows in %d lines shows %d', (all, room, shown) => {
    expect(rowsThatFit(all, room)).toBe(shown)
  })

  test('says how many more there are, and keeps the footer', () => {
    expect(frameOf(['HEAD', 'a'], 4, ['status'], 4)).toEqual(['HEAD', 'a', '… and 4 more', 'status'])
    expect(frameOf(['HEAD'], 5, ['trouble', 'status'], 3)).toEqual(['HEAD', 'trouble', 'status'])
    expect(frameOf(['HEAD'], 5, ['trouble', 'status'], 1)).toEqual(['status'])
  })

  test('never holds more lines than it has', () => {
    fc.assert(
      fc.property(fc.nat(30), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 2 }), (all, height, footerLines) => {
        const footer = Array.from({ length: footerLines }, (_, at) => `footer ${at}`)
        const shown = rowsThatFit(all, height - footerLines)
        const frame = frameOf(['HEAD', ...Array.from({ length: shown }, (_, at) => `row ${at}`)], all - shown, footer, height)
        expect(frame.length).toBeLessThanOrEqual(height)
        expect(frame.at(-1)).toBe(footer.at(-1))
        if (shown < all && height - footerLines >= 2) expect(frame).toContain(`… and ${all - shown} more`)
      }),
    )
  })
})
