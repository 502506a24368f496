/** Minutes in each unit that services count in, by how their names begin in the languages that Codex's users have. */
const units: [RegExp, number][] = [
  [/^(?:ms|milli|мс|миллис)/i, 1 / 60_000],
  [/^(?:d(?![eou])|days?|tag|jour|d[ií]a|giorn|dzie|dni|дн|день|天|日|일)/i, 1440],
  [/^(?:h|std|stund|heure|hora|or[ae]|godz|ч|小时|小時|時間|시간)/i, 60],
  [/^(?:s|sek|seg|sec|с|秒|초)/i, 1 / 60],
  [/^(?:m|мин|分|분)/i, 1],
]

/** A number with its unit: `2 hours`, `11.054s`, `30 Sekunden`, `5分`. */
const amount =
  /(\d+(?:[.,]\d+)?) ?(?!st\b|nd\b|rd\b|th\b)([a-zäöüéèíìçñ]+|[а-яё]+|天|日|小时|小時|時間|分钟|分鐘|分|秒|일|시간|분|초)/giu
/** What comes before the time that counts, where there are several. */
const cue =
  /(?:again|retry|retrying|resets?|wait|available|erneut|wieder|réessay\w*|intente\w*|tente|riprova\w*|повтор\w*)/giu

/**
 * When a limit is over, in a service's own words: `try again at 3:05 PM`, `resets 3pm`, `retry after 30 seconds`,
 * `"resets_in_seconds": 120`, `in 2 Stunden`, `2026-11-23T09:00:00Z`. A time without a day is the next of its kind.
 *
 * @param now ISO time.
 * @returns ISO time; null where the words name none.
 */
export function resetTime(message: string, now: string): string | null {
  const field = fieldIn(message, now)
  if (field) return field
  const cues = [...message.matchAll(cue)]
  const spans = [...message.matchAll(/(?<!\p{L})(?:in|dans|en|tra|fra|nach|через) (?=\d)/giu)]
  const places = [...cues, ...spans].map(found => message.slice(found.index))
  const parts = cues.length > 0 ? places : [...places, message]
  for (const part of parts) {
    const found = spanIn(part, now) ?? dateIn(part, now) ?? clockIn(part, now)
    if (found) return found
  }
  return null
}

/** What a service says in fields: seconds from now, or seconds since 1970. */
function fieldIn(message: string, now: string): string | null {
  const inSeconds = /(?:resets?_in|retry[_-]after)(?:_(seconds|ms))?"?\s*[:=]\s*"?(\d+(?:\.\d+)?)(?![\d-])/i.exec(
    message,
  )
  if (inSeconds) return later(now, Number(inSeconds[2]) / (inSeconds[1]?.toLowerCase() === 'ms' ? 60_000 : 60))
  const at = /resets?_at"?\s*[:=]\s*"?(\d{10})(?!\d)/i.exec(message)?.[1]
  return at && Number(at) * 1000 > Date.parse(now) ? later(now, (Number(at) * 1000 - Date.parse(now)) / 60_000) : null
}

/** `in 1 day, 2 hours and 3 minutes`: amounts that follow one another. */
function spanIn(part: string, now: string): string | null {
  let [minutes, end] = [0, -1]
  for (const found of part.slice(0, longest).matchAll(amount)) {
    if (end >= 0 && !/^[\s,]*(?:and|und|et|y|e|и)?[\s,]*$/i.test(part.slice(end, found.index))) break
    const each = units.find(([name]) => name.test(found[2]!))?.[1]
    if (each === undefined || /^(?:am|pm|uhr|utc)$/i.test(found[2]!)) {
      if (end >= 0) break
      continue
    }
    // `15h30` is a time of day.
    if (/^h$/i.test(found[2]!) && /^\d\d/.test(part.slice(found.index + found[0].length))) return null
    minutes += Number(found[1]!.replace(',', '.')) * each
    end = found.index + found[0].length
  }
  return end < 0 ? null : later(now, minutes)
}

/** Characters after a cue in which the time stands. */
const longest = 120

const months = 'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec'
const iso = /\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?: ?(?:Z|UTC|[+-]\d\d:?\d\d))?)?/
const named = new RegExp(
  `((?:${months})[a-z]* \\d{1,2})(?:,? (\\d{4,6}))?(?:,? (?:at )?(\\d{1,2}(?::\\d\\d)?(?: ?[ap]m)?))?(?: ?\\(?(UTC|GMT)\\)?)?`,
  'i',
)

/** A day, with or without the time on it; the year is that which comes next. */
function dateIn(part: string, now: string): string | null {
  const text = part.slice(0, longest).replace(/(\d)(?:st|nd|rd|th)\b/gi, '$1')
  const whole = iso.exec(text)?.[0]
  const [, day, year, time = '', zone = ''] = named.exec(text) ?? []
  const thisYear = new Date(now).getFullYear()
  const written = whole ? [whole] : day ? (year ? [year] : [thisYear, thisYear + 1]).map(one => `${day}, ${one}`) : []
  for (const one of written) {
    const at = Date.parse(whole ? one : `${one} ${withMinutes(time)} ${zone}`.trim())
    if (at > Date.parse(now)) return later(now, (at - Date.parse(now)) / 60_000)
  }
  return null
}

/** `9am` is `9:00 am`. */
const withMinutes = (time: string): string => time.replace(/^(\d{1,2}) ?([ap]m)?$/i, '$1:00 $2').trim()

/** The next time that a clock here, or in Greenwich, shows this. */
function clockIn(part: string, now: string): string | null {
  const text = part.slice(0, longest)
  const found =
    /(?<![\d:.])(\d{1,2})(?:[:h.](\d{2}))(?![\d:])\s*([ap])?\.?m?\.?(?:\s*Uhr)?\s*\(?(UTC|GMT)?/i.exec(text) ??
    /(?<![\d:.])(\d{1,2})()\s*([ap])\.?m\b\.?\s*\(?(UTC|GMT)?/i.exec(text) ??
    /(?<![\d:.])(\d{1,2})()()\s*Uhr\b/i.exec(text)
  if (!found || Number(found[1]) > 24 || Number(found[2]) > 59) return null
  const half = found[3]?.toLowerCase()
  const hours = (Number(found[1]) % (half ? 12 : 24)) + (half === 'p' ? 12 : 0)
  const day = new Date(now)
  if (found[4]) day.setUTCHours(hours, Number(found[2]), 0, 0)
  else day.setHours(hours, Number(found[2]), 0, 0)
  if (day.toISOString() <= now) day.setDate(day.getDate() + 1)
  return day.toISOString()
}

/** Nobody has measured a waiting time beyond a year. */
export const later = (now: string, minutes: number): string =>
  new Date(Date.parse(now) + Math.min(minutes, 366 * 1440) * 60_000).toISOString()
