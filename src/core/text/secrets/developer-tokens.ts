import { documented, type SecretKind } from './kind.ts'

/** Tokens of forges, builds, registries, vaults and monitoring. */
export const developerTokens: SecretKind[] = [
  // Before the short form, which ends where this one has its first dot.
  ...documented(
    'https://github.blog/changelog/2026-04-24-notice-about-upcoming-new-format-for-github-app-installation-tokens/',
    ['GitHub App token', /ghs_\d{1,12}_eyJ[\w-]{8,600}\.[\w-]{8,4000}\.[\w-]{0,2000}/, 'ghs_{7d}_eyJ{20u}.{60u}.{43u}'],
  ),
  ...documented(
    'https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github#githubs-token-formats',
    ['GitHub token', /gh[pousr]_[A-Za-z0-9_]{20,}/, 'ghp_{36}'],
    ['GitHub fine-grained token', /github_pat_\w{20,}/, 'github_pat_{22}_{59}'],
    ['GitHub App token, old form', /v1\.[0-9a-f]{40}(?![0-9a-f])/, 'v1.{40x}'],
  ),
  ...documented(
    'https://docs.gitlab.com/security/tokens/#token-prefixes',
    ['GitLab token', /gl(?:pat|dt|rtr?|cbt|ptt|ft|imt|agent|oas|soat|ffct|wt)-[\w.-]{20,}/, 'glpat-{20u}'],
    ['GitLab runner registration token', /GR1348941[\w-]{20,}/, 'GR1348941{20u}'],
  ),
  ...documented('https://support.atlassian.com/bitbucket-cloud/docs/app-passwords/', [
    'Bitbucket app password',
    /ATBB[A-Za-z0-9]{28,}/,
    'ATBB{32}',
  ]),
  ...documented('https://support.atlassian.com/atlassian-account/docs/manage-api-tokens-for-your-atlassian-account/', [
    'Atlassian token',
    /AT[A-Z]TT3[\w=-]{60,}/,
    'ATATT3{186u}',
  ]),
  ...documented('https://sourcegraph.com/docs/cli/how-tos/creating_an_access_token', [
    'Sourcegraph token',
    /sgp_(?:[a-fA-F0-9]{16}_|local_)?[a-fA-F0-9]{40}/,
    'sgp_{16x}_{40x}',
  ]),
  ...documented('https://circleci.com/changelog/new-format-for-api-access-tokens/', [
    'CircleCI token',
    /CCI(?:PAT|PRJ)_[A-Za-z0-9]{10,}_[a-f0-9]{40}/,
    'CCIPAT_{22}_{40x}',
  ]),
  ...documented('https://buildkite.com/docs/platform/security/tokens', [
    'Buildkite token',
    /bk(?:aa|aj|ar|at|cqt|ct|jat|pat|ps|pt|rt|tr|tx|ua|ur)_[\w.-]{30,}/,
    'bkua_{40x}',
  ]),
  ...documented('https://docs.sonarsource.com/sonarqube-server/user-guide/managing-tokens', [
    'SonarQube token',
    /sq[apu]_[a-f0-9]{40}/,
    'squ_{40x}',
  ]),
  ...documented('https://docs.snyk.io/snyk-api/authentication-for-api', [
    'Snyk token',
    /snyk_(?:uat|sat)\.[\w.-]{30,}/,
    'snyk_uat.{8}.{60}',
  ]),
  ...documented('https://developer.harness.io/docs/platform/automation/api/add-and-manage-api-keys/', [
    'Harness token',
    /[ps]at\.[\w-]{22}\.[A-Za-z0-9]{24}\.[A-Za-z0-9]{20}/,
    'pat.{22u}.{24x}.{20}',
  ]),
  ...documented('https://octopus.com/docs/octopus-rest-api/how-to-create-an-api-key', [
    'Octopus Deploy key',
    /API-(?=[A-Z]{0,30}\d)[A-Z0-9]{25,}/,
    'API-{26A}',
  ]),
  ...documented('https://docs.prefect.io/v3/manage/cloud/manage-users/api-keys', [
    'Prefect key',
    /pn[ub]_[A-Za-z0-9]{36}/,
    'pnu_{36}',
  ]),
  ...documented('https://docs.getdbt.com/docs/dbt-cloud-apis/authentication', [
    'dbt token',
    /dbt[cu]_[\w=-]{30,}/,
    'dbtc_{43u}',
  ]),
  ...documented('https://learning.postman.com/docs/developer/postman-api/authentication/', [
    'Postman key',
    /PMAK-[a-f0-9]{24}-[a-f0-9]{34}/,
    'PMAK-{24x}-{34x}',
  ]),
  ...documented('https://docs.readme.com/main/reference/intro-to-the-readme-api', [
    'ReadMe key',
    /rdme_[a-z0-9]{60,}/,
    'rdme_{70a}',
  ]),
  ...documented('https://www.chromatic.com/docs/cli/', ['Chromatic token', /chpt_[a-f0-9]{12,}/, 'chpt_{15x}']),
  ...documented('https://www.infracost.io/docs/infracost_cloud/key_concepts/', [
    'Infracost key',
    /ico-(?=[a-z0-9]{0,31}[A-Z])[A-Za-z0-9]{32}/,
    'ico-{32}',
  ]),
  ...documented('https://docs.npmjs.com/about-access-tokens', ['npm token', /npm_[A-Za-z0-9]{36,}/, 'npm_{36}']),
  ...documented('https://pypi.org/help/#apitoken', ['PyPI token', /pypi-AgE[\w-]{50,}/, 'pypi-AgEIcHlwaS5vcmc{150u}']),
  ...documented('https://guides.rubygems.org/api-key-scopes/', [
    'RubyGems key',
    /rubygems_[a-f0-9]{40,}/,
    'rubygems_{48x}',
  ]),
  ...documented('https://doc.rust-lang.org/cargo/reference/registry-authentication.html', [
    'crates.io token',
    /cio(?:_tp_)?(?=[A-Za-z]{0,30}\d)[A-Za-z0-9]{32}(?![A-Za-z0-9])/,
    'cio{32}',
  ]),
  ...documented('https://learn.microsoft.com/nuget/nuget-org/publish-a-package', [
    'NuGet key',
    /oy2[a-z0-9]{43}(?![a-z0-9])/,
    'oy2{43a}',
  ]),
  ...documented('https://github.com/clojars/clojars-web/wiki/Deploy-Tokens', [
    'Clojars token',
    /CLOJARS_[a-z0-9]{50,}/,
    'CLOJARS_{60a}',
  ]),
  ...documented('https://docs.docker.com/security/access-tokens/', [
    'Docker Hub token',
    /dckr_[po]at_[\w-]{20,}/,
    'dckr_pat_{27u}',
  ]),
  ...documented(
    'https://jfrog.com/help/r/jfrog-platform-administration-documentation/access-tokens',
    ['Artifactory key', /AKCp[A-Za-z0-9]{60,}/, 'AKCp{69}'],
    ['Artifactory reference token', /cmVmd[A-Za-z0-9]{59}(?![A-Za-z0-9])/, 'cmVmd{59}'],
  ),
  ...documented(
    'https://developer.hashicorp.com/vault/docs/concepts/tokens',
    ['Vault token', /hv[sbr]\.[\w-]{20,}/, 'hvs.{95u}'],
    ['Vault token, old form', /s\.(?=[A-Za-z]{0,23}\d)[A-Za-z0-9]{24}(?![\w.([=])/, 's.{24}'],
  ),
  ...documented('https://developer.hashicorp.com/terraform/cloud-docs/users-teams-organizations/api-tokens', [
    'HCP Terraform token',
    /[A-Za-z0-9]{14}\.atlasv1\.[\w=-]{50,}/,
    '{14}.atlasv1.{67}',
  ]),
  ...documented('https://www.pulumi.com/docs/pulumi-cloud/access-management/access-tokens/', [
    'Pulumi token',
    /pul-[a-f0-9]{40}/,
    'pul-{40x}',
  ]),
  ...documented('https://docs.doppler.com/reference/auth-token-formats', [
    'Doppler token',
    /dp\.(?:pt|st|ct|sa|scim|audit|said)\.(?:[\w-]{2,35}\.)?[A-Za-z0-9]{40,}/,
    'dp.st.prd.{43}',
  ]),
  ...documented('https://developer.1password.com/docs/service-accounts/security/', [
    '1Password service account token',
    /ops_eyJ[\w+/=-]{100,}/,
    'ops_eyJ{300b}',
  ]),
  ...documented('https://support.1password.com/secret-key-security/', [
    '1Password secret key',
    /A3-[A-Z0-9]{6}-(?:[A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})(?:-[A-Z0-9]{5}){3}/,
    'A3-{6A}-{6A}-{5A}-{5A}-{5A}-{5A}',
  ]),
  ...documented('https://bitwarden.com/help/access-tokens/', [
    'Bitwarden access token',
    /0\.[0-9a-f-]{36}\.[A-Za-z0-9]{30}:[\w+/=]{20,}/,
    '0.{uuid}.{30}:{24b}',
  ]),
  ...documented('https://infisical.com/docs/documentation/platform/token', [
    'Infisical token',
    /st\.[a-f0-9]{24}\.[a-f0-9]{32}\.[a-f0-9]{32}/,
    'st.{24x}.{32x}.{32x}',
  ]),
  ...documented('https://docs.sentry.io/account/auth-tokens/', [
    'Sentry token',
    /sntry[aisu]_[\w+/=.-]{40,}/,
    'sntryu_{64x}',
  ]),
  ...documented('https://grafana.com/docs/grafana/latest/administration/service-accounts/', [
    'Grafana service account token',
    /glsa_[A-Za-z0-9]{32}_[A-Fa-f0-9]{8}/,
    'glsa_{32}_{8x}',
  ]),
  ...documented(
    'https://grafana.com/docs/grafana-cloud/security-and-account-management/authentication-and-permissions/access-policies/',
    ['Grafana Cloud token', /glc_[A-Za-z0-9+/]{32,}={0,3}/, 'glc_{120b}'],
  ),
  ...documented('https://github.com/gitleaks/gitleaks/blob/master/cmd/generate/config/rules/grafana.go', [
    'Grafana key, old form',
    /eyJrIjoi[A-Za-z0-9]{60,}={0,3}/,
    'eyJrIjoi{80}',
  ]),
  ...documented(
    'https://docs.newrelic.com/docs/apis/intro-apis/new-relic-api-keys/',
    ['New Relic key', /NR(?:AK|AA|II|IQ|JS|RA|SP)-[A-Za-z0-9-]{19,}/, 'NRAK-{27A}'],
    ['New Relic license key', /(?:eu01xx)?[a-f0-9]{30,36}(?:F{4})?NRAL/, '{32x}FFFFNRAL'],
  ),
  ...documented('https://docs.dynatrace.com/docs/dynatrace-api/basics/dynatrace-api-authentication', [
    'Dynatrace token',
    /dt0[a-z]\d{2}\.[A-Z0-9]{8,24}\.[A-Z0-9]{64}/,
    'dt0c01.{24A}.{64A}',
  ]),
  ...documented(
    'https://docs.honeycomb.io/api/authentication',
    ['Honeycomb key', /hc[a-z]i[ck]_[a-z0-9]{50,}/, 'hcaik_{58a}'],
    ['Honeycomb management key', /hc[a-z]mk_[a-z0-9]{26}:[a-z0-9]{32}/, 'hcamk_{26a}:{32a}'],
  ),
  ...documented('https://axiom.co/docs/reference/tokens', ['Axiom token', /xa[api]t-[0-9a-f-]{36}/, 'xaat-{uuid}']),
  ...documented('https://posthog.com/docs/api', ['PostHog personal key', /phx_[A-Za-z0-9]{40,}/, 'phx_{43}']),
  ...documented('https://launchdarkly.com/docs/home/account/api', [
    'LaunchDarkly key',
    /(?:api|sdk)-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/,
    'sdk-{uuid}',
  ]),
  ...documented('https://docs.statsig.com/sdk-keys/api-keys/', [
    'Statsig key',
    /secret-[A-Za-z0-9]{40,}/,
    'secret-{44}',
  ]),
  ...documented('https://age-encryption.org/v1', [
    'age key',
    /AGE-(?:SECRET-KEY|PLUGIN-[A-Z0-9]{1,20})-1[A-Z0-9]{20,}/,
    'AGE-SECRET-KEY-1{58A}',
  ]),
  ...documented('https://www.rfc-editor.org/rfc/rfc7519', [
    'JSON Web Token',
    /eyJ[\w-]{8,600}\.eyJ[\w-]{8,4000}(?:\.[\w-]{0,2000}){1,3}/,
    'eyJ{20u}.eyJ{60u}.{43u}',
  ]),
  ...documented('https://www.rfc-editor.org/rfc/rfc7468', [
    'private key, base64 again',
    /LS0tLS1CRUdJTiB(?!DRVJU|QVUJM)[\w+/=]{20,}/,
    'LS0tLS1CRUdJTiBSU0EgUFJJVkFURSBLRVk{200b}',
  ]),
]
