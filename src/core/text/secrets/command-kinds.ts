import { documented, type SecretKind } from './kind.ts'

/** Secrets that are known by what stands before them: in headers, commands, calls and statements. */
export const commandKinds: SecretKind[] = [
  ...documented(
    'https://www.rfc-editor.org/rfc/rfc9110#section-11.6.2',
    [
      'Authorization header',
      /(authorization["'`]?\s{0,3}[:=,]\s{0,3}(?:["'`]\s{0,3})?(?:basic|bearer|(?:api-?)?token|(?:api-?)?key|ssws|bot|geniekey|sso-key|sharedkey|pat)\s{1,8})(?=[^\s"'`]{0,200}[\d=_.~+/-]|[A-Za-z]{20})[\w.~+/=:-]{8,}/i,
      'Authorization: ApiKey {24}',
    ],
    [
      'Bearer or Basic credentials',
      /([Bb]earer\s{1,8}(?=[A-Za-z._~+/=-]{0,200}\d)|[Bb]asic\s{1,8}(?=[A-Za-z+/]{0,200}[\d=]))[\w.~+/=-]{16,}/,
      'Bearer {32}',
    ],
  ),
  ...documented('https://httpie.io/docs/cli/basic-auth', [
    'httpie -a, curl with -u and the user in one word',
    /((?:curl\s(?:[^|;&\n]{0,200}\s)?-u|(?:https?|xh)\s(?:[^|;&\n]{0,200}\s)?-a\s{1,4})["']?[^\s:"'$/-][^\s:"'$/]{0,80}:)(?!\/\/|\d{1,6}(?![^\s"']))[^\s"']{3,200}/,
    'http -a app:{12} x.example',
  ]),
  ...documented('https://developer.hashicorp.com/vault/docs/commands/login', [
    'vault login',
    /(vault\s{1,4}login\s{1,4}(?:-\S{1,80}\s{1,4}){0,3}(?:token=)?)(?=[A-Za-z._-]{0,60}\d)[\w.-]{20,200}/,
    'vault login {26}',
  ]),
  ...documented('https://www.sudo.ws/docs/man/sudo.man/', [
    'password by way of echo',
    /((?:echo|printf)\s{1,4}(?:-n\s{1,4})?["']?)[^\s"'|]{4,200}(?=["']?\s{0,4}\|\s{0,4}(?:sudo\s{1,4}-S|[^|\n]{1,100}--(?:password|passphrase|token)-(?:stdin|fd)))/,
    'echo {12} | docker login -u app --password-stdin',
  ]),
  ...documented('https://curl.se/docs/manpage.html#-u', [
    'curl -u',
    /((?:^|\s)(?:-u|--user|--proxy-user)(?:\s{1,4}|=)["']?[^\s:"'$]{0,80}:["']?)(?!\/\/|\d{1,6}(?![^\s"']))[^\s"']{3,200}/,
    'curl -u app:{12} https://x.example',
  ]),
  ...documented('https://dev.mysql.com/doc/refman/8.4/en/password-security-user.html', [
    'mysql -p',
    /((?:mysql|mysqldump|mysqladmin|mysqlimport|mariadb(?:-dump)?)\s(?:[^|;&\n]{0,200}\s)?-p['"]?)[^\s'"]{4,200}/,
    'mysql -u app -p{12} x',
  ]),
  ...documented('https://linux.die.net/man/1/sshpass', [
    'sshpass -p',
    /(sshpass\s{1,4}-p\s{0,4}['"]?)[^\s'"]{4,200}/,
    'sshpass -p {12} ssh x.example',
  ]),
  ...documented('https://redis.io/docs/latest/develop/tools/cli/', [
    'redis-cli -a',
    /(redis-cli\s(?:[^|;&\n]{0,200}\s)?(?:-a|--pass)\s{1,4}['"]?)[^\s'"]{4,200}/,
    'redis-cli -h x.example -a {12} ping',
  ]),
  ...documented('https://docs.docker.com/reference/cli/docker/login/', [
    'docker login -p',
    /((?:docker|podman|az|oc|helm|skopeo|buildah|cf)\s[^|;&\n]{0,40}\blogin\s(?:[^|;&\n]{0,200}\s)?-p\s{1,4}['"]?)[^\s'"]{4,200}/,
    'docker login -u app -p {12} x.example',
  ]),
  ...documented('https://linux.die.net/man/1/ldapsearch', [
    'ldapsearch -w',
    /(ldap(?:search|modify|add|delete|passwd|whoami)\s(?:[^|;&\n]{0,200}\s)?-w\s{1,4}['"]?)[^\s'"]{4,200}/,
    'ldapsearch -D cn=app -w {12} -b dc=x',
  ]),
  ...documented('https://docs.openssl.org/master/man1/openssl-passphrase-options/', [
    'openssl pass:',
    /(pass(?:in|out)?[ =]["']?pass:)[^\s"']{4,200}/,
    'openssl rsa -passin pass:{12} -in x',
  ]),
  ...documented('https://httpd.apache.org/docs/current/programs/htpasswd.html', [
    'htpasswd -b',
    /(htpasswd\s{1,4}-\w{0,6}b\w{0,6}\s{1,4}(?:-\w{1,4}\s{1,4}){0,3}(?:[^\s-]\S{0,200}\s{1,4})?\S{1,80}\s{1,4}['"]?)[^\s'"]{4,200}['"]?\s{0,9}$/,
    'htpasswd -cbB users app {12}',
  ]),
  ...documented('https://www.postgresql.org/docs/current/sql-createrole.html', [
    'password in SQL',
    /((?:IDENTIFIED\s{1,4}(?:WITH\s{1,4}\w{1,40}\s{1,4})?(?:BY|AS)(?:\s{1,4}PASSWORD)?|(?:ENCRYPTED|WITH|SET|LOGIN)\s{1,4}PASSWORD(?:\s{1,4}FOR\s{1,4}\S{1,80})?\s{0,4}=?|(?<![A-Za-z.])PASSWORD)(?:\s{1,4}|\s{0,4}\()')[^'\s]{4,200}(?=')/i,
    "ALTER ROLE app WITH PASSWORD '{12}'",
  ]),
  ...documented('https://docs.python-requests.org/en/latest/user/authentication/', [
    'basic authentication in a call',
    /((?:auth\s{0,3}[=:]\s{0,3}[([]|(?:basic_?auth|HTTP(?:Basic|Digest)Auth|UsernamePasswordCredentials|NetworkCredential|PasswordAuthentication|UsernamePasswordAuthenticationToken|\.auth|\.login|\.authenticate)\w{0,20}\s{0,2}\()\s{0,3}["'][^"'\n]{1,100}["']\s{0,3},\s{0,3}["'])[^"'\n]{4,200}(?=["'])/i,
    "requests.get(url, auth=('app', '{12}'))",
  ]),
  ...documented('https://www.php.net/manual/en/mysqli.construct.php', [
    'database connection in a call',
    /((?:mysqli?_connect|mysqli|PDO|getConnection|pymysql\.connect|MySQLdb\.connect|ftp_login)\s{0,2}\([^()\n]{1,200},\s{0,3}["'][\w.@-]{1,64}["']\s{0,3},\s{0,3}["'])[^"'\n]{4,200}(?=["'])/,
    "new mysqli('db.example', 'app', '{12}', 'x')",
  ]),
  ...documented('https://learn.microsoft.com/powershell/module/microsoft.powershell.security/convertto-securestring', [
    'secure string',
    /(ConvertTo-SecureString\s{1,4}(?:-String\s{1,4})?["'])[^"'\n]{4,200}(?=["'])/i,
    "ConvertTo-SecureString '{12}' -AsPlainText",
  ]),
  ...documented('https://www.twilio.com/docs/iam/api/authtoken', [
    'Twilio token beside its account',
    /(AC[0-9a-f]{32}["']?[\s,:;]{1,4}["']?)[0-9a-f]{32}(?![0-9a-f])/,
    "new Twilio('AC00000000000000000000000000000000', '{32x}')",
  ]),
  ...documented('https://www.rfc-editor.org/rfc/rfc7517', [
    'private part of a JSON Web Key',
    /("(?:d|p|q|dp|dq|qi|k)"\s{0,3}:\s{0,3}")(?=[A-Za-z_-]{0,60}\d)[\w-]{40,}(?=")/,
    '{"kty":"EC","crv":"P-256","d":"{43u}"}',
  ]),
  ...documented('https://the.earth.li/~sgtatham/putty/0.83/htmldoc/AppendixC.html', [
    'PuTTY key check',
    /(^[+\- ]?\s{0,8}Private-(?:MAC|Hash):\s{1,4})[0-9a-f]{32,}/,
    'Private-MAC: {40x}',
  ]),
]
