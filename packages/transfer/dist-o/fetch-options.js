export {};
//# sourceMappingURL=fetch-options.js.map