import { execa } from 'execa'

/** Tests of the bundles run what the sources say now, not what they said at the last build. */
export default async function build(): Promise<void> {
  await execa('node', ['src/build/build.mjs'])
}
