/** What a slot of a template prints. */
type Printed = string | number

/** A compiled template. Its context has every field that the template uses, and no other: see hbs.d.ts. */
type Template<Context> = <Given extends Context>(context: Given & Only<Given, Context>) => string

/** What was given, with every field that nothing uses marked as `never`, so that tsc names it. */
type Only<Given, Used> = Given extends readonly (infer GivenItem)[]
  ? readonly Only<GivenItem, NonNullable<Used> extends readonly (infer UsedItem)[] ? UsedItem : never>[]
  : Given extends object
    ? {
        [Field in keyof Given]: Field extends keyof NonNullable<Used>
          ? Only<Given[Field], NonNullable<Used>[Field]>
          : never
      }
    : Given
