import * as z from 'zod'

/** `templates/files/index.yaml`: which template becomes which file. */
export const TemplateIndex = z.array(
  z.strictObject({
    id: z.string().describe('Names the template for good; never given to another one.'),
    template: z.string().describe('Path within templates/files.'),
    target: z.string().describe('Path from the repository root, forward slashes.'),
    class: z.enum(['owned', 'seed']),
    about: z.string().describe('What the file is for, as a phrase.'),
  }),
)
export type TemplateIndex = z.infer<typeof TemplateIndex>
