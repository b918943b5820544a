import { expect, test } from 'vitest'
import { apiFields } from '../schemas/download-task.js'
import { fieldNamed, shortFieldNames, taskFields } from './field-names.js'

test('every full, short and wire name is understood', () => {
  for (const field of taskFields) expect(fieldNamed(field)).toBe(field)
  for (const field of apiFields) expect(fieldNamed(`${field.charAt(0).toUpperCase()}${field.slice(1)}`)).toBe(field)
  for (const [short, full] of Object.entries(shortFieldNames)) expect(fieldNamed(short)).toBe(full)
})

test('a misspelt field is answered with the nearest', () => {
  expect(() => fieldNamed('createtim')).toThrow(expect.objectContaining({ code: 'invalid-input', hint: 'Did you mean createTime?' }))
})

test('a word near nothing is answered with the list', () => {
  expect(() => fieldNamed('__proto__')).toThrow(expect.objectContaining({ hint: expect.stringContaining('backupSetDownloadTaskId') }))
})
