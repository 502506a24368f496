import en from 'zod/v4/locales/en.js'

/** For `safeParse`: issues with sentences in them, which zod/mini leaves out unless it is given a language. */
export const inEnglish = { error: en().localeError }
