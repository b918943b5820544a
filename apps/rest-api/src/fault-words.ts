import * as z from 'zod'

/** What a request's values must be, in words for its caller: zod's own speak of its types. What a schema says of itself goes first. */
z.config({
  customError(issue) {
    switch (issue.code) {
      case 'invalid_type':
        if (issue.input === undefined) return 'It is missing.'
        if (issue.expected === 'string' && Array.isArray(issue.input)) return 'Give it once.'
        return `Give ${kinds[issue.expected] ?? 'another kind of value'}.`
      case 'invalid_value':
        return `Give ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}.`
      case 'too_small':
        if (issue.origin === 'string') return issue.minimum === 1 ? 'It is empty.' : `Give at least ${issue.minimum} characters.`
        return issue.origin === 'array' ? `Give at least ${issue.minimum}.` : `Give ${issue.minimum} or more.`
      case 'too_big':
        if (issue.origin === 'string') return `Give at most ${issue.maximum} characters.`
        return issue.origin === 'array' ? `Give at most ${issue.maximum}.` : `Give ${issue.maximum} or less.`
      case 'invalid_format':
        return 'It has another form than it should.'
      case 'custom':
      case 'invalid_element':
      case 'invalid_key':
      case 'invalid_union':
      case 'not_multiple_of':
      case 'unrecognized_keys':
        return undefined // no contract of ours says these, or its own words say more
    }
  },
})

const kinds: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
}
