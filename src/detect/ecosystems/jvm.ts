import type { RepoView } from '../../model/setup/repo-facts.ts'
import { preferred } from '../ci.ts'
import type { Ecosystem } from '../ecosystem.ts'
import { whereTestsLive } from '../phrases.ts'
import { firstOf, ownProgram } from '../view.ts'

/** Maven and Gradle are one ecosystem: a project that has both builds the same code with either. */
export const jvm: Ecosystem = {
  name: 'jvm',
  manifests: ['pom.xml', 'build.gradle', 'build.gradle.kts', 'settings.gradle', 'settings.gradle.kts'],
  packageManifests: ['pom.xml', 'build.gradle', 'build.gradle.kts'],
  languages: { java: 'Java', kt: 'Kotlin', scala: 'Scala', groovy: 'Groovy' },
  runsTests: /\b(mvnw?|mvnd|gradlew?)\b.*\b(test|verify|check|build|install|package|allTests|\w+Test)\b/,
  usesTools: /\b(mvnw?|mvnd|gradlew?)\b/,
  factsOf(project, whole, ci) {
    const tools = toolsOf(project, ci)
    const tool = preferred(tools, ci)
    if (!project.files.some(file => /\.(java|kt|groovy|scala)$/.test(file))) return undefined
    const tests = project.files.filter(file => testFile.test(file))
    const other = tools.find(({ name }) => name !== tool?.name)
    return {
      language: languageOf(project),
      packageManager: tool?.name ?? null,
      description: projectLine(project.read('pom.xml') ?? '', 'description') ?? null,
      suites: tool && tests.length > 0 ? [{ name: 'jvm', command: tool.command, single: tool.single }] : [],
      commands: [],
      conventions: conventions(project, tests),
      entries: project.files
        .filter(file => /(^|\/)src\/main\/.*(Application|Main|App)\.(java|kt)$/.test(file))
        .slice(0, 5)
        .map(file => `\`${file}\`: a program, judging by its name`),
      ignore: ['target/**', '*/target/**', 'build/**', '*/build/**', '.gradle/**', '.kotlin/**'],
      unsure: [
        ...(tool && other && tests.length > 0
          ? [`The project builds with ${tool.label} and with ${other.label}; the tests run with ${tool.label}.`]
          : []),
        ...(tool && tests.length === 0 && project === whole ? ['There are no test sources yet, so no tests run.'] : []),
        ...(tool && tests.length > 0 && !tool.wrapped
          ? [`There is no ${tool.label} wrapper, so \`${tool.name === 'maven' ? 'mvn' : 'gradle'}\` from PATH is used.`]
          : []),
      ],
    }
  },
}

/** A source below src/test, src/jvmTest, src/commonTest …, or one in a test module that is named as a test. */
const testFile =
  /(^|\/)src\/(\w*[tT]est\w*)\/.*\.(java|kt|groovy|scala)$|(^|\/)(test|jvmTest|common\/test|jvm\/test)\/.*Tests?\.(java|kt)$/

type BuildTool = { name: string; label: string; inCi: RegExp; command: string; single: string; wrapped: boolean }

function toolsOf(project: RepoView, ci: string[]): BuildTool[] {
  const gradle = firstOf(project, 'settings.gradle.kts', 'settings.gradle', 'build.gradle.kts', 'build.gradle')
  return [
    ...(project.files.includes('pom.xml') ? [mavenOf(project, ci)] : []),
    ...(gradle ? [gradleOf(project, ci)] : []),
  ]
}

function mavenOf(project: RepoView, ci: string[]): BuildTool {
  const wrapped = project.files.includes('mvnw')
  const program = wrapped ? ownProgram(project, './mvnw') : 'mvn'
  // `test` is quicker; modules that need each other packaged, or integration tests, need `verify`.
  const goals = [
    {
      goal: 'test',
      inCi: /\b(mvnw?|mvnd)\b(?!.*(skip\.?tests?|test\.skip|\s(-pl|--projects)\b))(\s\S+)*?\s(surefire:)?test(\s|$)/i,
    },
    {
      goal: 'verify',
      inCi: /\b(mvnw?|mvnd)\b(?!.*(skip\.?tests?|test\.skip|\s(-pl|--projects)\b))(\s\S+)*?\s(verify|install|package|deploy)(\s|$)/i,
    },
  ]
  const goal = preferred(goals, ci)?.goal
  return {
    name: 'maven',
    label: 'Maven',
    inCi: /\b(mvnw?|mvnd)\b/,
    command: `${program} ${goal}`,
    single: `${program} test -Dtest=NAME`,
    wrapped,
  }
}

function gradleOf(project: RepoView, ci: string[]): BuildTool {
  const wrapped = project.files.includes('gradlew')
  const program = wrapped ? ownProgram(project, './gradlew') : 'gradle'
  const builds = project.files.filter(file => /(^|\/)build\.gradle(\.kts)?$/.test(file)).slice(0, 60)
  const multiplatform = builds.some(file => /multiplatform/i.test(project.read(file) ?? ''))
  // `check -x test` is a run without the tests.
  const task = (name: string, call = `:?${name}`) => ({
    name,
    inCi: new RegExp(`\\bgradlew?\\b(?!.*\\s-x \\w*[tT]est).*\\s${call}(?=$|[\\s"';&|)])`),
  })
  // Only plain JVM projects have a `test` in every module; every kind has `check`.
  const tasks = multiplatform
    ? [task('check'), task('test allTests', '(test allTests|allTests test)'), task('allTests'), task('jvmTest')]
    : [task('test'), task('check'), task('check', ':?build')]
  const name = preferred(tasks, ci)?.name
  return {
    name: 'gradle',
    label: 'Gradle',
    inCi: /\bgradlew?\b/,
    command: `${program} ${name}`,
    single: `${program} ${multiplatform ? ':MODULE:jvmTest' : name === 'test' ? 'test' : ':MODULE:test'} --tests NAME`,
    wrapped,
  }
}

function languageOf(project: RepoView): string {
  const count = (ending: string) => project.files.filter(file => file.endsWith(ending)).length
  return count('.kt') > count('.java') ? 'Kotlin' : 'Java'
}

/** An element directly below `<project>`, on one line. */
const projectLine = (pom: string, name: string): string | undefined =>
  new RegExp(`^(?: {1,4}|\\t)<${name}>\\s*([^<]+?)\\s*</${name}>`, 'm').exec(pom)?.[1]?.replace(/\s+/g, ' ')

const libraries: [RegExp, string][] = [
  [/junit-jupiter|org\.junit\.jupiter|useJUnitPlatform|spring-boot-starter-test/, 'JUnit 5'],
  [/<artifactId>junit<|["']junit:junit/, 'JUnit 4'],
  [/testng/i, 'TestNG'],
  [/kotest/i, 'Kotest'],
  [/spock-core|spockframework/, 'Spock'],
]
const checkers: [RegExp, string][] = [
  [/spotless/i, 'Formatted with Spotless'],
  [/checkstyle/i, 'Checked with Checkstyle'],
  [/ktlint/i, 'Formatted with ktlint'],
  [/detekt/i, 'Linted with detekt'],
  [/errorprone|error-prone/i, 'Compiled with Error Prone'],
]

function conventions(project: RepoView, tests: string[]): string[] {
  const files = ['pom.xml', 'build.gradle', 'build.gradle.kts', 'gradle/libs.versions.toml'].filter(file =>
    project.files.includes(file),
  )
  const texts = files.map(file => ({ file, text: project.read(file) ?? '' }))
  const first = (pattern: RegExp) => {
    for (const { file, text } of texts) {
      const found = pattern.exec(text)
      if (found) return { file, value: found[1] ?? '' }
    }
    return undefined
  }
  const version = first(
    /<(?:java\.version|maven\.compiler\.(?:release|source))>([\d.]+)<|languageVersion[^\n]*?(\d+)|jvmToolchain\((\d+)\)/,
  )
  const used = libraries.filter(([pattern]) => first(pattern)).map(([, name]) => name)
  const where = whereTestsLive(tests, /\.(java|kt|groovy|scala)$/)
  return [
    ...(version?.value ? [`Java ${version.value} (${version.file}).`] : []),
    ...(first(/spring-boot/) ? [`Spring Boot (${first(/spring-boot/)?.file}).`] : []),
    ...checkers.flatMap(([pattern, says]) => (first(pattern) ? [`${says} (${first(pattern)?.file}).`] : [])),
    ...(used.length > 0 ? [`Tests: ${used.join(', ')}${where}.`] : []),
  ]
}
