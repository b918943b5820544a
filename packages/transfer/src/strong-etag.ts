/** The tag, when it is a strong one (RFC 9110, 8.8.3) that is printable and short, for it is kept and sent again; undefined for others. */
export const strongEtag = (etag = ''): string | undefined => (/^"[\x21\x23-\x7e]{1,200}"$/.test(etag) ? etag : undefined)
