/**
 * `<task id>.tar.gz`. What is beyond `[A-Za-z0-9._-]` is percent-encoded, so that no id leads out of the folder.
 * @throws InputError for an id that is empty or too long for a name
 */
export declare function fileNameOf(taskId: string): string;
//# sourceMappingURL=file-name.d.ts.map