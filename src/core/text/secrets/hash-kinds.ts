import { documented, type SecretKind } from './kind.ts'

/** Hashes of passwords, with the method kept. */
export const hashKinds: SecretKind[] = [
  ...documented(
    'https://httpd.apache.org/docs/current/misc/password_encryptions.html',
    ['bcrypt hash', /(\$2[abxy]?\$\d\d\$)[./A-Za-z0-9]{53}/, 'app:$2y$10$N{52}'],
    ['MD5 crypt hash', /(\$(?:apr1|1)\$)[./A-Za-z0-9]{1,8}\$[./A-Za-z0-9]{22}/, 'app:$apr1$a{7}$b{21}'],
    ['SHA-1 hash of .htpasswd or LDAP', /(\{S?SHA\d{0,3}\})[A-Za-z0-9+/]{26,}={0,2}/, 'app:{SHA}{27b}='],
  ),
  ...documented('https://manpages.debian.org/bookworm/libcrypt-dev/crypt.5.en.html', [
    'crypt hash',
    /(\$(?:5|6|7|y|gy)\$(?:rounds=\d{1,9}\$)?)[./A-Za-z0-9]{1,40}\$[./A-Za-z0-9$]{40,}/,
    'app:$6$a{15}$b{85}:19000:0:99999:7:::',
  ]),
  ...documented('https://github.com/P-H-C/phc-string-format/blob/master/phc-sf-spec.md', [
    'Argon2 hash',
    /(\$argon2(?:id|i|d)\$(?:v=\d{1,3}\$)?m=\d{1,9},t=\d{1,4},p=\d{1,4}\$)[A-Za-z0-9+/]{8,}\$[A-Za-z0-9+/]{16,}/,
    '$argon2id$v=19$m=65536,t=3,p=4$a{21b}$b{42b}',
  ]),
  ...documented('https://docs.djangoproject.com/en/stable/topics/auth/passwords/', [
    'PBKDF2 or scrypt hash',
    /((?:pbkdf2(?:_sha1|_sha256|_sha512|:sha\d{1,3})|scrypt)[$:][\d:]{1,20}\$)[\w./+=-]{6,}\$[\w./+=-]{20,}/,
    'pbkdf2_sha256$600000$a{21}$b{42b}=',
  ]),
]
