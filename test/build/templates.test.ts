import { describe, expect, it } from 'vitest'
import { compileTemplate } from '../../src/build/hbs.mjs'
import { contextType } from '../../src/build/hbs-types.mjs'
import held from '../../templates/prompts/held.hbs'

/** The type in one line. */
const typeOf = (template: string) => contextType(template, '').replace(/\s+/g, ' ')

describe('the type of a template’s context has', () => {
  it.each([
    ['a field for each slot, once', '{{a}} {{b}} {{a}}', '{ a: Printed b: Printed }'],
    ['the value of a quoted slot', '{{quoted a}}', '{ a: Printed }'],
    ['a condition', '{{#if a}}x{{/if}}', '{ a: boolean }'],
    ['a value that may be missing, where a condition asks for it', '{{#if a}}{{a}}{{/if}}', '{ a: Printed | null }'],
    ['a value that is needed behind `else`', '{{#if a}}x{{else}}{{a}}{{/if}}', '{ a: Printed }'],
    ['a value that is needed once more', '{{#if a}}{{a}}{{/if}}{{a}}', '{ a: Printed }'],
    ['a list of values', '{{#each a}}{{this}}{{/each}}', '{ a: readonly Printed[] }'],
    ['a list that a condition asks for', '{{#if a}}{{#each a}}{{this}}{{/each}}{{/if}}', '{ a: readonly Printed[] }'],
    [
      'a list of objects, and what their parts take from the whole',
      '{{#each a}}{{b}}{{this.c}}{{@root.d}}{{#each e}}{{this}}{{/each}}{{/each}}',
      '{ a: readonly { b: Printed c: Printed e: readonly Printed[] }[] d: Printed }',
    ],
    [
      'the fields of an object that may be missing',
      '{{#if a}}{{a.b}}{{a.c}}{{/if}}',
      '{ a: { b: Printed c: Printed } | null }',
    ],
    ['the fields of one that may not', '{{a.b}}{{#if a}}x{{/if}}', '{ a: { b: Printed } }'],
  ])('%s', (_, template, type) => expect(typeOf(template)).toBe(type))
})

describe('tsc refuses', () => {
  const context = { cycle: 1, reason: 'r', ask: 1, asks: 3, wayOut: 'w' }

  it('a slot without a value, which would also throw', () => {
    const { reason, ...rest } = context
    // @ts-expect-error `reason` is missing.
    expect(() => held(rest)).toThrow('held.hbs has no value for reason')
  })
  it('a value without a slot', () => {
    // @ts-expect-error `round` is in no slot.
    expect(held({ ...context, round: 1 })).toBe(held(context))
  })
  it('a value that would be printed as null', () => {
    // @ts-expect-error `reason` is printed in any case.
    expect(held({ ...context, reason: null })).toContain('null')
  })
})

it.each(['{{{a}}}x{{> b}}', '{{a b}}', '{{#unless a}}x{{/unless}}', '{{#each a}}{{../b}}{{/each}}'])(
  'the build refuses %s, which it does not understand',
  template => expect(() => compileTemplate(template, 'x.hbs')).toThrow(/^x\.hbs:1: .* understood here$/),
)
