import { settingOptions, type Option } from '@backset/settings'
import { fileSettings } from './config/schema.js'

/** How DBS is asked; a flag wins over the report file. */
export const askOptions = settingOptions(fileSettings, 'Asking DBS')

export const outputOptions = {
  output: {
    kind: 'text',
    short: 'o',
    choices: ['text', 'json'],
    summary: 'How the result is printed',
    fallback: 'text on a terminal, else json',
  },
} as const satisfies Record<string, Option>
