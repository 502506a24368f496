/** What is wrong with settings.json, by the name of the fault, as it follows file, line and column. */
export const settingsFaults: Record<string, string> = {
  CommaExpected: 'a comma is missing',
  ColonExpected: 'a colon is missing',
  ValueExpected: 'a value is missing',
  PropertyNameExpected: 'a key in double quotes is missing',
  CloseBraceExpected: 'a closing brace is missing',
  CloseBracketExpected: 'a closing bracket is missing',
  EndOfFileExpected: 'there is more text after the JSON object',
  UnexpectedEndOfString: 'a string is not closed',
  UnexpectedEndOfComment: 'a comment is not closed',
  RootNotObject: 'the file must contain one JSON object',
  HooksNotObject: '"hooks" must be an object',
  EventNotArray: 'the value of a hook event must be a list',
  DuplicateKey: 'this key appears twice, and only the last one counts',
  NotUtf8: 'the file is not UTF-8 text',
}
