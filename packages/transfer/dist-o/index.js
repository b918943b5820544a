// Every public name, one by one: the diff shows what became public.
export { checkFolder } from './check-folder.js';
export { fetchFile } from './fetch-file.js';
export {} from './fetch-options.js';
export { fileNameOf } from './file-name.js';
export { checkLink, guardedLookup } from './link-guard.js';
export {} from './link-source.js';
export { LinkRefusedError } from './link-refused-error.js';
export { manifestPath } from './manifest.js';
export { WrongFileError } from './wrong-file-error.js';
//# sourceMappingURL=index.js.map