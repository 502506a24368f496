/** Set by the build from package.json. */
declare const COUNTERSIGN_VERSION: string
