import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { TemplateIndex } from '../model/template-index.ts'

/** Which template of a directory becomes which file. */
export const templateIndex = (dir: string): TemplateIndex =>
  TemplateIndex.parse(parse(readFileSync(join(dir, 'index.yaml'), 'utf8')))
