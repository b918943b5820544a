export { checkFolder } from './check-folder.js';
export { fetchFile } from './fetch-file.js';
export { type FetchedFile, type FetchFileOptions, type FetchProgress } from './fetch-options.js';
export { fileNameOf } from './file-name.js';
export { checkLink, guardedLookup, type Permissions } from './link-guard.js';
export { type Links, type LinkSource, type Network } from './link-source.js';
export { LinkRefusedError } from './link-refused-error.js';
export { type Manifest, manifestPath } from './manifest.js';
export { WrongFileError } from './wrong-file-error.js';
//# sourceMappingURL=index.d.ts.map