/** Set by the build from package.json. */
declare const COUNTERSIGN_VERSION: string

/** In the first file of the hook: the hash of the second. Set by the build. */
declare const COUNTERSIGN_FULL_HASH: string

/** In the second file of the hook: the hash of the first, without the hash in it. Set by the build. */
declare const COUNTERSIGN_QUICK_HASH: string
