declare const INTERMISSION_VERSION: string | undefined;

/** The version of package.json, which the bundle puts in its place; `unbuilt` where the sources run as they are. */
export const VERSION = typeof INTERMISSION_VERSION === 'string' ? INTERMISSION_VERSION : 'unbuilt';
