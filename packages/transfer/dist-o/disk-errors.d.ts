import { DbsError } from '@backset/core';
/** What a failed write is told as; an error of ours stays as it is. */
export declare function diskErrorOf(error: unknown, path: string): DbsError;
/** As `ENOENT`; undefined for what is no error of the system. */
export declare const systemWord: (error: unknown) => string | undefined;
/** The value, or `instead` where there is no such file. */
export declare function unlessMissing<Value, Instead>(work: Promise<Value>, instead: Instead): Promise<Value | Instead>;
//# sourceMappingURL=disk-errors.d.ts.map