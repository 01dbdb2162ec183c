declare const INTERMISSION_VERSION: string | undefined;

/** The version of package.json, which the bundle puts in its place; `unbuilt` where the sources run as they are. */
export const VERSION = typeof INTERMISSION_VERSION === 'string' ? INTERMISSION_VERSION : 'unbuilt';

/** The release of the tz database that times of windows are reckoned with: that of the runtime, `2026a`. */
export const TIME_ZONE_DATA = process.versions['tz'] ?? 'unknown';
