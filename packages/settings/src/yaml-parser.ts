// Loaded when there is a file to read. By names, in a file of its own: what a bundle makes of `import('yaml')` has none, since yaml is CommonJS.
export { isCollection, isMap, isScalar, LineCounter, parseDocument } from 'yaml'
