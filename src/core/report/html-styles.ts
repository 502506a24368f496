/** The look of the HTML report; light and dark by the reader's own setting. */
export const styles = `
:root { color-scheme: light dark; --ink: #1d2430; --soft: #667085; --page: #fbfaf7; --card: #fff; --line: #e4e1d8;
  --critical: #b42318; --high: #d1512b; --medium: #b7791f; --low: #3f7d58; --disputed: #2f6f9f; --quiet: #98a2b3 }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e3da; --soft: #98a2b3; --page: #16181d; --card: #1e2128;
  --line: #31353f; --critical: #f97066; --high: #fb8c5f; --medium: #e3b341; --low: #6fbf8b; --disputed: #6cb0e0; --quiet: #667085 } }
* { box-sizing: border-box }
body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.55 system-ui, sans-serif; overflow-wrap: anywhere }
main { max-width: 46rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem }
header p { margin: 0; color: var(--soft) }
h1 { margin: .1rem 0 0; font-size: 1.9rem; line-height: 1.2; letter-spacing: -.01em }
.signed h1::before { content: "✓ "; color: var(--low) }
.pending { margin-top: .6rem; color: var(--medium) }
.tally { display: flex; flex-wrap: wrap; gap: .4rem 1.4rem; margin: 1.1rem 0 0; padding: .8rem 0; list-style: none;
  border-block: 1px solid var(--line); color: var(--tone) }
.tally b { font-size: 1.15rem; font-variant-numeric: tabular-nums }
.none, .quiet { --tone: var(--quiet) } .critical { --tone: var(--critical) } .high { --tone: var(--high) }
.medium { --tone: var(--medium) } .low, .fixed { --tone: var(--low) } .disputed { --tone: var(--disputed) }
.tally li { color: var(--tone) }
h2 { margin: 2.2rem 0 .7rem; font-size: 1rem; color: var(--tone) }
article { margin: 0 0 .9rem; padding: 1rem 1.15rem; background: var(--card); border: 1px solid var(--line);
  border-left: 4px solid var(--tone); border-radius: 6px }
h3 { margin: 0; font-size: 1.05rem } h3 span { color: var(--tone); margin-right: .25rem }
article p { margin: .45rem 0 0; white-space: pre-line } .where { color: var(--soft); font-size: .88rem }
.where i { margin-left: .5rem; font-style: normal } .where i::before { content: "· " }
code, pre { font: .86em/1.5 ui-monospace, monospace }
pre { margin: .6rem 0 0; padding: .55rem .75rem; overflow-x: auto; background: var(--page); border-radius: 4px }
.fix b { font-weight: 600; margin-right: .3rem }
.debate { margin: .8rem 0 0; padding: .7rem 0 0; list-style: none; border-top: 1px dashed var(--line); font-size: .94rem }
.debate li { margin: .25rem 0 } .debate b { display: inline-block; min-width: 3.7rem }
.debate em { color: var(--soft); font-style: normal; margin-right: .3rem }
.claude b { color: var(--high) } .codex b { color: var(--disputed) }
small { display: block; margin-left: 4rem; color: var(--soft) } .how { color: var(--soft); font-size: .94rem }
footer { margin-top: 2.4rem; color: var(--soft); font-size: .88rem }
`
