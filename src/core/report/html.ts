import type { Position } from '../../model/finding.ts'
import { priorities } from '../../model/priority.ts'
import { type DebatedFinding, debated, findingsWith, type Run } from '../ledger/state.ts'
import { bill, unreviewed } from '../messages/run-lines.ts'
import { answersOf, claim, names, occasion, reasonOf, remarks, type Section, sections } from '../messages/sections.ts'
import { shownPath } from '../text/plain-text.ts'
import { counted, fileAndLine, oneLine } from '../text/wording.ts'
import { calledBy, evidenceWords, howAgreed, leftByUser, unread } from './evidence.ts'
import { styles } from './html-styles.ts'

/** The findings as one HTML page that needs nothing else: no script, no font, no network. */
export function findingsHtml(run: Run | null): string {
  const body = run ? report(run) : '<header><h1>No change has been reviewed yet</h1></header>'
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Countersign${run ? ` · cycle ${run.cycle}` : ''}</title>
<style>${styles}</style>
<main>
${body}
</main>
</html>
`
}

function report(run: Run): string {
  return [header(run), tally(run), ...sections(run).map(section), footer(run)].join('\n')
}

function header(run: Run): string {
  const signed = run.stage === 'countersigned'
  const title = signed ? 'Countersigned' : `${counted(debated(run).length, 'finding')} · ${run.stage}`
  const owed = run.owed ? `<p class="pending">${text(unreviewed(run.owed))}</p>` : ''
  return `<header class="${signed ? 'signed' : ''}"><p>Countersign · cycle ${run.cycle}</p><h1>${title}</h1>${owed}</header>`
}

/** How many of each, as a row that says it at a glance. */
function tally(run: Run): string {
  const agreed = findingsWith(run, 'agreed')
  const counts = [
    ...priorities.map(
      priority => [priority, priority, agreed.filter(finding => finding.priority === priority).length] as const,
    ),
    ['disputed', 'disputed', findingsWith(run, 'disputed').length] as const,
    ['quiet', 'not needed', findingsWith(run, 'not-needed').length] as const,
  ]
  const cells = counts.map(
    ([tone, name, count]) => `<li class="${count > 0 ? tone : 'none'}"><b>${count}</b> ${name}</li>`,
  )
  return `<ul class="tally">${cells.join('')}</ul>`
}

const section = ({ title, tone, findings }: Section): string =>
  `<section class="${tone}"><h2>${title}</h2>${findings.map(card).join('')}</section>`

function card(finding: DebatedFinding): string {
  const { id, title, body, kind, quote, fix } = finding
  const marks = [kind, calledBy(finding), ...remarks(finding)].filter(Boolean)
  return `<article id="${text(id)}">
<h3><span>${text(id)}</span> ${text(title)}</h3>
<p class="where"><code>${text(fileAndLine(finding))}</code> ${marks.map(mark => `<i>${text(mark)}</i>`).join(' ')}</p>
<p>${text(body)}</p>
${quote ? `<pre>${text(quote)}</pre>` : ''}${fix ? `<p class="fix"><b>Smallest fix</b> ${text(fix)}</p>` : ''}${agreement(finding)}${debate(finding)}
</article>`
}

function agreement(finding: DebatedFinding): string {
  const how = howAgreed(finding)
  return how ? `<p class="how">${text(how)}</p>` : ''
}

function debate(finding: DebatedFinding): string {
  const lines = answersOf(finding).map(line)
  return lines.length > 0 ? `<ol class="debate">${lines.join('')}</ol>` : ''
}

function line(position: Position): string {
  const { by } = position
  const shows = evidenceWords(position)
  const evidence = shows ? ` <small>${text(shows)}</small>` : ''
  return `<li class="${by}"><b>${names[by]}</b> <em>${occasion(position)}: ${claim(position)}</em> ${text(oneLine(reasonOf(position)))}${evidence}</li>`
}

function footer(run: Run): string {
  const gaps = unread(run).map(
    ({ why, paths }) => `<p>${text(why)}: ${paths.map(path => `<code>${text(shownPath(path))}</code>`).join(', ')}</p>`,
  )
  const left = leftByUser(run).map(line => `<p>${text(line)}</p>`)
  return `<footer>${[...left, ...gaps].join('')}<p>${text(bill(run))}</p></footer>`
}

/** Models' words are data: nothing in them may become markup. */
const text = (raw: string): string => raw.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`)
