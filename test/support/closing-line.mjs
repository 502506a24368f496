/** Ends the run with one line that any tool can read. */
export default class ClosingLine {
  /** @param {ReadonlyArray<import('vitest/node').TestModule>} modules @param {ReadonlyArray<unknown>} unhandled */
  onTestRunEnd(modules, unhandled) {
    const tests = modules.flatMap(module => [...module.children.allTests()])
    const count = (/** @type {string} */ state) => tests.filter(test => test.result().state === state).length
    // A file that could not be loaded has no tests to fail, and still is one failure.
    const broken = modules.filter(
      module =>
        module.state() === 'failed' && [...module.children.allTests()].every(t => t.result().state !== 'failed'),
    ).length
    const failed = count('failed') + broken + unhandled.length
    const skipped = count('skipped')
    console.log(`\n${count('passed')} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`)
  }
}
