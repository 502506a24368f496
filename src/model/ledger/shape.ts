// One description, and from it the TypeScript type, the check and the cleaning. By hand, since a stop with nothing to do
// reads the ledger and loads no zod.

declare const type: unique symbol
declare const clean: unique symbol

/** What a value must be, as plain data. `ValueOf` is its type, `fits` checks it. */
export type Shape<Value = unknown> = Form & { readonly [type]?: () => Value }
type Form =
  | { is: 'text' | 'number' | 'flag' }
  | { is: 'foreign'; most: number }
  | { is: 'one-of'; words: readonly string[] }
  | { is: 'list' | 'by-name' | 'nullable' | 'optional'; of: Shape }
  | { is: 'object'; fields: Fields }
/** The fields of an object, by name. An object may have others, which mean nothing. */
export type Fields = Record<string, Shape>

export type ValueOf<S> = S extends { readonly [type]?: () => infer Value } ? Value : never
/** The second step only makes an editor show the fields instead of how they came about. */
export type ObjectOf<F> = {
  [Name in keyof F as undefined extends ValueOf<F[Name]> ? never : Name]: ValueOf<F[Name]>
} & { [Name in keyof F as undefined extends ValueOf<F[Name]> ? Name : never]?: ValueOf<F[Name]> } extends infer Both
  ? { [Name in keyof Both]: Both[Name] }
  : never

/** A value whose foreign texts have been cleaned; made by `core/text/clean.ts` alone. */
export type Clean<Value> = Value & { readonly [clean]: true }

/** Text of Countersign's own or of git's: ids, trees, times, paths. */
export const text: Shape<string> = { is: 'text' }
/** What a model, a user or a program has said; cleaned before it is written, and cut after `most` characters. */
export const foreignText = (most = 6000): Shape<string> => ({ is: 'foreign', most })
export const number: Shape<number> = { is: 'number' }
export const flag: Shape<boolean> = { is: 'flag' }
/** One of these words and no other. */
export const oneOf = <const Word extends string>(words: readonly Word[]): Shape<Word> => ({ is: 'one-of', words })
/** One of these words as far as this version knows; a later one may write others, and its line is whole all the same. */
export const wordLike = <const Word extends string>(_words: readonly Word[]): Shape<Word> => ({ is: 'text' })
export const listOf = <Value>(of: Shape<Value>): Shape<Value[]> => ({ is: 'list', of })
export const byName = <Value>(of: Shape<Value>): Shape<Record<string, Value>> => ({ is: 'by-name', of })
export const orNull = <Value>(of: Shape<Value>): Shape<Value | null> => ({ is: 'nullable', of })
export const optional = <Value>(of: Shape<Value>): Shape<Value | undefined> => ({ is: 'optional', of })
export const object = <F extends Fields>(fields: F): Shape<ObjectOf<F>> => ({ is: 'object', fields })

/** Whether a value is what the shape says. */
export function fits(shape: Shape, value: unknown): boolean {
  switch (shape.is) {
    case 'text':
    case 'foreign':
      return typeof value === 'string'
    case 'number':
      return typeof value === 'number'
    case 'flag':
      return typeof value === 'boolean'
    case 'one-of':
      return shape.words.some(word => word === value)
    case 'list':
      return Array.isArray(value) && value.every(one => fits(shape.of, one))
    case 'by-name':
      return isObject(value) && Object.values(value).every(one => fits(shape.of, one))
    case 'nullable':
      return value === null || fits(shape.of, value)
    case 'optional':
      return value === undefined || fits(shape.of, value)
    case 'object': {
      const { fields } = shape
      return isObject(value) && Object.keys(fields).every(name => fits(fields[name]!, value[name]))
    }
  }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
