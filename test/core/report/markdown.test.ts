import { describe, expect, it } from 'vitest'
import { findingsMarkdown } from '../../../src/core/report/markdown.ts'
import { finding, says } from '../../support/cycle/cycle.ts'
import { debating, owing } from '../../support/cycle/reported.ts'

/** A body as the report writes it. */
function written(body: string): string {
  const text = findingsMarkdown(debating(finding('F1', 'high', { body, quote: '', fix: '' })).state.run)
  return text.split('`a.js:1` · defect · Codex called it high\n\n')[1]!.split('\n\n_')[0]!
}

describe('findings as Markdown keep a model’s words as words:', () => {
  it.each([
    ['a tag', '<img src=x onerror=alert(1)>', '&lt;img src=x onerror=alert(1)>'],
    ['a tag after a backslash', '\\<img src=x\\>', '\\\\&lt;img src=x\\\\>'],
    ['a tag after an address, which would include a backslash', 'http://x<b>', 'http://x&lt;b>'],
    ['a closing tag, a comment, an instruction', '</b> <!-- <?', '&lt;/b> &lt;!-- &lt;?'],
    ['a character reference', '&lt;b&gt; &#35;', '\\&lt;b\\&gt; \\&#35;'],
    ['a link', '[link](http://x)', '\\[link](http://x)'],
    ['a link after a backslash', '\\[link\\](http://x)', '\\\\\\[link\\\\](http://x)'],
    ['an image, a footnote, a definition', '![i](x) [^1]\n[a]: x', '!\\[i](x) \\[^1]\n\\[a]: x'],
    ['emphasis', '*a* **b** _c_ __d__ ~~e~~', '\\*a\\* \\*\\*b\\*\\* \\_c\\_ \\_\\_d\\_\\_ \\~\\~e\\~\\~'],
    ['emphasis inside a word', 'a*b*c src/**/*.ts a__b', 'a\\*b\\*c src/\\*\\*/\\*.ts a\\_\\_b'],
    ['code without an end', 'a `b', 'a \\`b'],
    ['code over two lines', '`a\nb`', '\\`a\nb\\`'],
    ['code that holds a tag or a link', '`<b>` (`[a](b)`)', '\\`&lt;b>\\` (\\`\\[a](b)\\`)'],
    ['code after an address, which would include the backquote', 'http://x`a b`', 'http://x\\`a b\\`'],
    ['a fence', '```js\nx\n~~~', '\\`\\`\\`js\nx\n\\~\\~\\~'],
    ['headings', '# a\n###### b\n#\nc\n===\nd\n---', '\\# a\n\\###### b\n\\#\nc\n\\===\nd\n\\---'],
    ['quotes', '> [!NOTE]\n>a', '\\> \\[!NOTE]\n\\>a'],
    ['lists', '- a\n+ b\n* c\n-\n1. d\n2) e\n- [ ] f', '\\- a\n\\+ b\n\\* c\n\\-\n1\\. d\n2\\) e\n\\- \\[ ] f'],
    ['rules', '***\n* * *\n_ _ _', '\\*\\*\\*\n\\* * \\*\n\\_ \\_ \\_'],
    ['tables', '| a | b |\n|---|---|\nc | d\n-|-\ne\n:-:', '\\| a | b |\n\\|---|---|\nc | d\n\\-|-\ne\n\\:-:'],
    ['indented code', 'a\n\n    <b>\n\t# c', 'a\n\n&lt;b>\n\\# c'],
    ['a line break', 'a\\\nb  \nc', 'a\\\\\nb\nc'],
  ])('%s', (_, said, kept) => expect(written(said)).toBe(kept))

  it.each([
    'snake_case, src/some_file.test.ts:12 and $HOME',
    'a * b, i < n, xs.length <= 0 || !ok, x => y, a -> b, A & B, a&b',
    'C#, #12 and 3.5; (see below) {x} "q" x] 50 %',
    '-1, see --fail-on high, 1.5 s, :name, =>',
    'the call `mean([])` divides (`xs.length`), as `__init__` and `**kwargs` do',
    'https://example.org/a_b?c=d#e',
  ])('and leave prose unchanged: %s', text => expect(written(text)).toBe(text))

  it('a title is one line, and its last characters do not end a heading', () => {
    const cycle = debating(finding('F1', 'high', { title: 'a\n# b <c> ##' }))
    expect(findingsMarkdown(cycle.state.run)).toContain('### F1 a # b &lt;c> \\##\n')
  })
  it('a quote does not end its fence, and a fix and a reason stay words too', () => {
    const cycle = debating(finding('F1', 'high', { quote: 'a\n```\n# not a heading', fix: '**x**' }))
    cycle.stop(says('F1: not needed — \\*a*\\'))
    const text = findingsMarkdown(cycle.state.run)
    expect(text).toContain('````\na\n```\n# not a heading\n````\n\n**Smallest fix:** \\*\\*x\\*\\*\n\n')
    expect(text).toContain(': not needed — \\\\\\*a\\*\\\\ (shows no code)\n')
  })
  it('the reason for a pending review is one line of words', () => {
    const { run } = owing().state
    const owed = { ...run!.owed!, detail: 'exit 1\n\n# <b>' }
    expect(findingsMarkdown({ ...run!, owed })).toContain(
      '> **could not review (rate-limited until about 14:00): exit 1 # &lt;b>**\n',
    )
  })
})
