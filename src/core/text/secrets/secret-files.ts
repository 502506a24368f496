const env = 'environment variables of an application'
const privateKey = 'a private key'
const store = 'a store of keys or passwords'
const state = 'what Terraform knows and was told, in clear'
const login = 'credentials of a program, and nothing else'

/** Names of files that hold secrets and no code, each with what it holds. A file with code in it is masked instead. */
const byName: [pattern: RegExp, holds: string][] = [
  [/^\.env(?:\.(?!(?:example|sample|template|dist|defaults|schema)$).*)?$/, env],
  [/\.(?:pem|key|p8|ppk|pk8|pvk|agekey)$/, privateKey],
  [/^id_(?:rsa|dsa|ecdsa|ed25519)(?:_sk)?$/, privateKey],
  [/^(?:ssh_host_\w{1,20}_key|hs_ed25519_secret_key|secring\.gpg)$/, privateKey],
  [
    /\.(?:p12|pfx|pkcs12|jks|jceks|bks|bcfks|keystore|truststore|keytab|kdbx?|psafe3|ovpn|mobileprovision|keychain)$/,
    store,
  ],
  [/^(?:key[34]\.db|logins\.json|signons\.sqlite|cookies\.sqlite|login data)$/, store],
  [/\.(?:tfstate(?:\.backup)?|tfvars(?:\.json)?)$/, state],
  [/^(?:kubeconfig|.{1,60}\.kubeconfig)$/, login],
  [/^(?:\.|_)netrc$/, login],
  [
    /^(?:\.git-credentials|\.pypirc|\.dockercfg|\.pgpass|\.my\.cnf|\.mylogin\.cnf|\.s3cfg|\.boto|\.vault-token|\.terraformrc)$/,
    login,
  ],
  [
    /^(?:credentials\.tfrc\.json|application_default_credentials\.json|rootkey\.csv|accesskeys\.csv|terraform\.rc)$/,
    login,
  ],
  [/^(?:\.htpasswd|htpasswd|shadow|\.vault_pass(?:word)?(?:\.txt)?)$/, 'passwords or their hashes'],
  [/^(?:secrets?|credentials?|service-account[\w-]{0,40})\.(?:json|ya?ml|toml|env|ini)$/, login],
  [/^client_secret[\w.-]{0,120}\.json$/, 'the client secret of a Google application'],
  [
    /^\.(?:bash|zsh|sh|psql|mysql|rediscli|node_repl|python)_history$/,
    'commands as they were typed, with what they were given',
  ],
  [/^(?:sitemanager|recentservers)\.xml$/, 'the passwords of FileZilla'],
]
/** The same by the folder. */
const byPlace =
  /(?:^|\/)\.(?:aws\/credentials|docker\/config\.json|kube\/config|gem\/credentials|cargo\/credentials(?:\.toml)?|config\/gh\/hosts\.yml|config\/gcloud\/.{1,200}|composer\/auth\.json|codex\/auth\.json|azure\/(?:accesstokens|msal_token_cache)\.json|gnupg\/.{1,200})$/

/** Whether a file is one that holds secrets by its name alone; such a file is never sent, and is named as left out. */
export function isSecretFile(path: string): boolean {
  const base = path.slice(path.lastIndexOf('/') + 1).toLowerCase()
  return byName.some(([pattern]) => pattern.test(base)) || byPlace.test(path)
}
