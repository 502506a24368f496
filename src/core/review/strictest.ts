import type { RebuttalAnswer, ReviewAnswer } from '../../model/codex-answer.ts'

// A model that speaks twice without looking at anything in between has two answers. Whatever the last one takes back, nothing
// was seen that could have changed its mind: the stricter one holds, and of two alike the last.

export const strictestReview = (answers: ReviewAnswer[]): ReviewAnswer => strictest(answers, objections)
export const strictestRebuttal = (answers: RebuttalAnswer[]): RebuttalAnswer =>
  strictest(answers, ({ positions }) => positions.filter(({ needed }) => needed).length)

/** Any objection is more than no review, and that more than an approval. */
const objections = ({ verdict, findings, resolved }: ReviewAnswer): number => {
  const count = findings.length + resolved.filter(one => !one.resolved).length
  return count > 0 || verdict !== 'could-not-review' ? count : 0.5
}

const strictest = <Answer>(answers: Answer[], weight: (answer: Answer) => number): Answer =>
  answers.reduce((strict, answer) => (weight(answer) >= weight(strict) ? answer : strict))
