import { addressKinds, webhookKinds } from './address-kinds.ts'
import { cloudTokens } from './cloud-tokens.ts'
import { commandKinds } from './command-kinds.ts'
import { developerTokens } from './developer-tokens.ts'
import { hashKinds } from './hash-kinds.ts'
import type { SecretKind } from './kind.ts'
import { modelTokens } from './model-tokens.ts'
import { productTokens } from './product-tokens.ts'

/** Kinds that are known by their own form, wherever they stand. */
export const tokenKinds: SecretKind[] = [...modelTokens, ...productTokens, ...developerTokens, ...cloudTokens]

/** Kinds that are known by what stands around them. */
export const surroundedKinds: SecretKind[] = [...addressKinds, ...commandKinds, ...webhookKinds, ...hashKinds]

/** Only lines with one of these can hold a secret of these kinds; most lines hold none, and are looked at once. */
export const surroundedHint =
  /:\/\/|@(?:tcp|unix|udp)|jdbc:|sqlplus|:(?:\d{4,5}|\*):|pass|identified|auth|basic|bearer|\s(?:-u|--user|--proxy-user)|^-u|mysql|mariadb|redis-cli|login|ldap|curl|https?\s|xh\s|echo|printf|credential|PDO|getConnection|securestring|A[KS]IA|AC[0-9a-f]{32}|[?&](?:x-|sig|se_sig)|"(?:d|p|q|dp|dq|qi|k)"|private-|\.(?:com|cn)\/|\$|\{s?sha|pbkdf2|scrypt/i
