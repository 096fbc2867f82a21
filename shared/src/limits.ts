/** Bytes of a request. A CA certificate is the largest thing anyone sends. */
export const maxBodyBytes = 64 * 1024;

/** A post id of WordPress, as it is written in a path: a number holds it. */
export const serverIdPattern = '[1-9]\\d{0,14}';
/** A job's id is looked at more closely by the backend: this is what tells it from another path. */
export const jobIdPattern = '[0-9a-f-]{36}';
/** Servers that one call may be about. */
export const mostServers = 100;
/** Comma-separated post ids. */
export const serverIdsPattern = `${ serverIdPattern }(,${ serverIdPattern }){0,${ mostServers - 1 }}`;
/** Servers of which WordPress tells name and owner in one request. */
export const mostEntries = 500;
/** Servers that a person who does not manage the site can look through at once. */
export const mostWithin = 1000;
