// Makes the forms of the documentation call the API. Answers are shown as text, never as markup.

const key = document.getElementById('key')
const shownAtMost = 200_000

/** What the form asks for. */
function requestOf(form) {
  const query = new URLSearchParams()
  const headers = {}
  let path = form.dataset.path
  let body
  for (const field of form.querySelectorAll('[data-in]')) {
    const { in: place, name } = field.dataset
    const value = field.value.trim()
    if (place === 'body') [body, headers['content-type']] = [value, 'application/json']
    else if (place === 'path') path = path.replace(`{${name}}`, value === '' ? `{${name}}` : encodeURIComponent(value))
    else if (value !== '' && place === 'query') query.set(name, value)
    else if (value !== '' && place === 'header') headers[name] = value
  }
  const search = query.toString()
  return { method: form.dataset.method, url: location.origin + path + (search === '' ? '' : `?${search}`), headers, body }
}

const quoted = (text) => `'${text.replaceAll("'", String.raw`'\''`)}'`

/** The key is named, not shown: commands end up in histories. */
function curlOf({ method, url, headers, body }) {
  const parts = ['curl']
  if (method !== 'GET') parts.push(`-X ${method}`)
  if (key.value !== '') parts.push('-H "authorization: Bearer $BACKSET_KEY"')
  for (const [name, value] of Object.entries(headers)) parts.push(`-H ${quoted(`${name}: ${value}`)}`)
  if (body !== undefined) parts.push(`--data ${quoted(body)}`)
  return [...parts, quoted(url)].join(' ')
}

/** JSON over several lines. It is not read as JSON, which would round large numbers. */
function indented(json) {
  let text = ''
  let depth = 0
  let isInside = false
  const line = () => `\n${'  '.repeat(depth)}`
  for (let at = 0; at < json.length; at++) {
    const char = json[at]
    if (isInside) {
      text += char === '\\' ? char + (json[++at] ?? '') : char
      isInside = char !== '"'
    } else if (char === '"') {
      text += char
      isInside = true
    } else if ((char === '{' || char === '[') && (json[at + 1] === '}' || json[at + 1] === ']')) text += char + json[++at]
    else if (char === '{' || char === '[') [depth, text] = [depth + 1, text + char + '\n' + '  '.repeat(depth + 1)]
    else if (char === '}' || char === ']') {
      depth--
      text += line() + char
    } else text += char === ',' ? char + line() : char === ':' ? ': ' : char
  }
  return text
}

/** Shows an answer as it comes, to its end, to the button or to the bound. */
async function call(form, { said, heads, answer, stop }) {
  const { method, url, headers, body } = requestOf(form)
  const leave = new AbortController()
  stop.addEventListener('click', () => leave.abort(), { once: true })
  stop.hidden = false
  answer.hidden = heads.hidden = true
  answer.textContent = ''
  said.textContent = 'Asking…'
  const since = performance.now()
  let head = ''
  try {
    const authorization = key.value === '' ? {} : { authorization: `Bearer ${key.value.trim()}` }
    const response = await fetch(url, { method, body, headers: { ...headers, ...authorization }, signal: leave.signal, cache: 'no-store' })
    const type = response.headers.get('content-type') ?? 'no content'
    head = `${response.status} ${response.statusText} · ${type} · ${Math.round(performance.now() - since)} ms`
    said.textContent = `${head} · reading…`
    heads.querySelector('pre').textContent = [...response.headers].map(([name, value]) => `${name}: ${value}`).join('\n')
    heads.hidden = answer.hidden = false
    let text = ''
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
    for (let next = await reader?.read(); next?.done === false; next = await reader.read()) {
      text += next.value
      answer.textContent = text
      if (text.length > shownAtMost) {
        leave.abort()
        break
      }
    }
    if (/\bjson\b/.test(type) && !type.includes('ndjson') && text.length <= shownAtMost) answer.textContent = indented(text)
    answer.hidden = text === ''
    said.textContent = text.length > shownAtMost ? `${head} · the rest was not read` : head
  } catch (error) {
    said.textContent = leave.signal.aborted ? `${head} · stopped` : `There is no answer: ${error.message}`
  } finally {
    stop.hidden = true
  }
}

function openForm(details) {
  const form = details.querySelector('form')
  const curl = details.querySelector('.curl')
  const find = (name) => details.querySelector(`.${name}`)
  const parts = { said: find('said'), heads: find('heads'), answer: find('answer'), stop: find('stop') }
  const tell = () => (curl.textContent = curlOf(requestOf(form)))
  form.addEventListener('input', tell)
  key.addEventListener('input', tell)
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    parts.stop.click() // one at a time
    void call(form, parts)
  })
  tell()
  details.hidden = false
}

const keyForm = document.getElementById('key-form')
keyForm.addEventListener('submit', (event) => event.preventDefault())
keyForm.hidden = false
for (const details of document.querySelectorAll('.try')) openForm(details)
