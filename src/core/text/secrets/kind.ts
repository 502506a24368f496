/**
 * A kind of secret with a form of its own.
 *
 * `page` documents the form, says where the secret is given out, or is the rule of a public scanner that knows it.
 * `pattern` finds it: its first group is kept, the rest of the match is masked; without a group all of it is masked.
 * `example` is a shape and no secret: `{36}` stands for 36 letters and digits, `{32x}` for
 * hexadecimal digits, `{10d}` for digits, `{16A}` and `{16a}` for capitals or small letters with digits, `{20l}` for
 * small letters, `{40b}` and `{40u}` for base64 and base64url, `{uuid}` for a UUID. Only what is in braces is secret.
 */
export type SecretKind = { name: string; page: string; pattern: RegExp; example: string }

/** Rows of the table that one page documents. */
export const documented = (page: string, ...rows: [name: string, pattern: RegExp, example: string][]): SecretKind[] =>
  rows.map(([name, pattern, example]) => ({ name, page, pattern, example }))
