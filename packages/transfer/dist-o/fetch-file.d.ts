import type { FetchedFile, FetchFileOptions } from './fetch-options.js';
/**
 * Brings a task's file to disk: `<folder>/<task id>.tar.gz`, whole, compared with what its host announced, and `<file>.manifest.json` beside it. Until then
 * its bytes stand in `<file>.part`, where a later run goes on.
 * @throws DbsError `wrong-file`, `link-refused`, `link-expired`, `not-found`, `unreachable`, `disk-full`, `cannot-write`, `aborted`, and what `links` throws
 */
export declare function fetchFile(options: FetchFileOptions): Promise<FetchedFile>;
//# sourceMappingURL=fetch-file.d.ts.map