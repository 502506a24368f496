/** What is wrong with settings.json, by the name of the fault, as it follows the place. */
export const settingsFaults: Record<string, string> = {
  CommaExpected: 'a comma is missing',
  ColonExpected: 'a colon is missing',
  ValueExpected: 'a value is missing',
  PropertyNameExpected: 'a key in double quotes is missing',
  CloseBraceExpected: 'a closing brace is missing',
  CloseBracketExpected: 'a closing bracket is missing',
  EndOfFileExpected: 'the object ends before this',
  UnexpectedEndOfString: 'a string is not closed',
  UnexpectedEndOfComment: 'a comment is not closed',
  RootNotObject: 'the file has to hold one JSON object',
  HooksNotObject: '"hooks" has to be an object',
  EventNotArray: 'the value of a hook event has to be a list',
  DuplicateKey: 'this key is given twice, and only the last one counts',
  NotUtf8: 'the file is not UTF-8 text',
}
