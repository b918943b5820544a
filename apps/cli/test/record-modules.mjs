// Preloaded into a command (`node --import`): writes the URL of every module it loads, one a line, to the file that RECORD_MODULES names.
import { register } from 'node:module'

const hooks = `
  import { appendFileSync } from 'node:fs'
  export async function load(url, context, next) {
    appendFileSync(process.env.RECORD_MODULES, url + '\\n')
    return next(url, context)
  }
`
register(`data:text/javascript,${encodeURIComponent(hooks)}`)
