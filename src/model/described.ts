import * as z from 'zod/mini'

/** Says what a schema's value is for, in the JSON schema that is made of it. */
export const described = <T extends z.core.$ZodType>(schema: T, description: string): T => {
  z.globalRegistry.add(schema, { description })
  return schema
}
