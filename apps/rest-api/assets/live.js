// Keeps a page up to date while it is open. Without it the page is whole; this only saves reloading it.
// What comes from the server is put in as text, never as markup.

const live = document.getElementById('live')
const news = document.getElementById('news')
const more = document.getElementById('more')
const created = new Set()

const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB']

function bytesText(bytes) {
  let [size, unit] = [Number(bytes), 0]
  while (Math.abs(size) >= 1023.95 && unit < units.length - 1) [size, unit] = [size / 1024, unit + 1]
  return `${unit === 0 ? size : size.toFixed(1)} ${units[unit]}`
}

const two = (number) => String(number).padStart(2, '0')

function durationText(ms) {
  if (ms < 1000) return `${ms}ms`
  const seconds = Math.floor(ms / 1000)
  if (seconds < 60) return `${seconds}s`
  if (seconds < 3600) return `${Math.floor(seconds / 60)}m${two(seconds % 60)}s`
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)}h${two(Math.floor(seconds / 60) % 60)}m`
  return `${Math.floor(seconds / 86_400)}d${two(Math.floor(seconds / 3600) % 24)}h`
}

function ageText(ms) {
  const seconds = Math.floor(Math.abs(ms) / 1000)
  if (seconds < 2) return 'just now'
  const amount =
    seconds < 60
      ? `${seconds} s`
      : seconds < 3600
        ? `${Math.floor(seconds / 60)} min`
        : seconds < 172_800
          ? `${Math.floor(seconds / 3600)} h`
          : `${Math.floor(seconds / 86_400)} d`
  return ms < 0 ? `in ${amount}` : `${amount} ago`
}

// What would turn the text around it, or not be seen, is written out, as the server does it.
const visible = (text) =>
  String(text).replace(/[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu, (character) =>
    Array.from(character.split(''), (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
  )

function say(text) {
  news.textContent = text
}

function showAges() {
  for (const time of document.querySelectorAll('time[data-age]')) {
    time.textContent = ageText(Date.now() - Date.parse(time.dateTime))
  }
}

function showStatus(cell, task) {
  const copy = document.getElementById(`status-${task.state}`)?.content.cloneNode(true)
  if (copy === undefined) return
  copy.querySelector('bdi').textContent = visible(task.backupSetDownloadStatus ?? 'none')
  cell.replaceChildren(copy)
}

const shown = {
  backupSetDataSize: bytesText,
  durationMs: durationText,
  errMessage: visible,
  backupSetDownloadFinishTime: (iso) => iso.replace('T', ' ').replace(/:\d\d\.\d+Z$/, 'Z'),
}

function showTask(place, task) {
  for (const cell of place.querySelectorAll('[data-field]')) {
    const field = cell.dataset.field
    if (field === 'status') showStatus(cell, task)
    else if (task[field] !== undefined) {
      const text = document.createElement('bdi')
      text.textContent = shown[field](task[field])
      if (cell.textContent !== text.textContent) cell.replaceChildren(text)
    }
  }
  place.classList.remove('fresh')
  void place.offsetWidth // begins the animation anew
  place.classList.add('fresh')
}

function placeOf(id) {
  const part = encodeURIComponent(id.toWellFormed())
  return [...document.querySelectorAll('[data-task]')].find((place) => place.dataset.task === part)
}

const words = { changed: 'changed to', finished: 'finished:', failed: 'failed:', gone: 'is gone', created: 'was created' }

function onTask(event) {
  const task = JSON.parse(event.data)
  const id = task.backupSetDownloadTaskId
  const name = visible(task.backupSetDownloadTaskName ?? id)
  const place = placeOf(id)
  if (event.type === 'created' && place === undefined && more !== null) {
    created.add(id)
    more.hidden = false
    more.firstElementChild.textContent = created.size === 1 ? 'Show 1 new task' : `Show ${created.size} new tasks`
    say(created.size === 1 ? 'A new task was created.' : `${created.size} new tasks were created.`)
    return
  }
  if (place === undefined) return
  if (event.type === 'gone') {
    place.classList.add('gone')
    say(`${name} is gone.`)
    return
  }
  showTask(place, task)
  say(`${name} ${words[event.type]} ${visible(task.backupSetDownloadStatus ?? '')}`)
}

function showLive(isLost, text) {
  live.hidden = false
  live.classList.toggle('lost', isLost)
  live.textContent = text
}

function follow(address) {
  const source = new EventSource(address)
  let wasLost = false
  source.addEventListener('open', () => {
    showLive(false, 'Live')
    if (wasLost) say('The connection is back.')
    wasLost = false
  })
  source.addEventListener('error', () => {
    const isOver = source.readyState === EventSource.CLOSED
    showLive(true, isOver ? 'Not live: reload the page' : 'Connection lost, trying again')
    if (!wasLost) say(isOver ? 'The page is not live any more.' : 'The connection is lost; trying again.')
    wasLost = true
  })
  source.addEventListener('reset', () => {
    more?.toggleAttribute('hidden', false)
    if (more !== null) more.firstElementChild.textContent = 'Something may have been missed: read the list again'
  })
  for (const name of Object.keys(words)) source.addEventListener(name, onTask)
}

async function copyText(place) {
  const text = place.textContent.trim()
  try {
    await navigator.clipboard.writeText(text)
  } catch {
    // No permission, or no https: by way of the selection.
    getSelection().selectAllChildren(place.querySelector('bdi') ?? place)
    document.execCommand('copy')
  }
}

for (const button of document.querySelectorAll('[data-copy]')) {
  button.hidden = false
  const [label] = button.childNodes
  const before = label.data
  button.addEventListener('click', async () => {
    await copyText(document.getElementById(button.dataset.copy))
    label.data = 'Copied'
    say('Copied.')
    setTimeout(() => (label.data = before), 2000)
  })
}

if (document.body.dataset.events !== undefined && live !== null) {
  follow(document.body.dataset.events)
  setInterval(showAges, 15_000)
}
