import { describe, expect, it } from 'vitest'
import { commandsOf, found, workflow } from '../../support/layout.ts'

const pom =
  '<project>\n  <description>Sells things.</description>\n  <properties><java.version>21</java.version></properties>\n</project>\n'
const maven = { 'pom.xml': pom, mvnw: '', 'src/main/java/ShopApplication.java': '', 'src/test/java/CartTest.java': '' }
const gradle = {
  'build.gradle.kts': 'plugins { java }\ntasks.test { useJUnitPlatform() }\n',
  gradlew: '',
  'src/test/kotlin/CartTest.kt': '',
}

describe('Maven', () => {
  it('runs with its wrapper', () =>
    expect(found(maven)).toMatchObject({
      purpose: 'Sells things.',
      languages: ['Java'],
      packageManagers: ['maven'],
      suites: [{ name: 'jvm', command: './mvnw test', single: './mvnw test -Dtest=NAME' }],
      conventions: ['Java 21 (pom.xml).'],
      entries: ['`src/main/java/ShopApplication.java`: a program, judging by its name'],
      unsure: [],
    }))

  it.each([
    ['verify', 'mvn -B verify', './mvnw verify'],
    ['install', './mvnw clean install', './mvnw verify'],
    ['test', './mvnw -B test', './mvnw test'],
    ['nothing that tests', './mvnw install -DskipTests', './mvnw test'],
    ['one module only', './mvnw verify --projects core', './mvnw test'],
  ])('CI runs %s: `%s` → `%s`', (_, line, command) =>
    expect(commandsOf({ ...maven, ...workflow(line) })).toEqual([command]),
  )

  it('without a wrapper the user is told; with one its path is written for cmd.exe on Windows', () => {
    const { mvnw: _, ...bare } = maven
    expect(found(bare)).toMatchObject({ suites: [{ command: 'mvn test' }], unsure: [expect.stringContaining('PATH')] })
    expect(commandsOf(maven, 'win32')).toEqual(['.\\mvnw test'])
  })
})

describe('Gradle', () => {
  it('runs with its wrapper, also in Kotlin', () =>
    expect(found(gradle)).toMatchObject({
      languages: ['Kotlin'],
      packageManagers: ['gradle'],
      suites: [{ command: './gradlew test', single: './gradlew test --tests NAME' }],
      conventions: ['Tests: JUnit 5 in `src/` (`*Test.kt`).'],
    }))

  it.each([
    ['test', './gradlew test', './gradlew test'],
    ['build', './gradlew build', './gradlew check'],
    ['check', './gradlew check --stacktrace', './gradlew check'],
    ['a build without tests', './gradlew build -x test', './gradlew test'],
  ])('CI runs %s: `%s` → `%s`', (_, line, command) =>
    expect(commandsOf({ ...gradle, ...workflow(line) })).toEqual([command]),
  )

  it.each([
    ['nothing', [], './gradlew check'],
    ['both kinds of tests', ['./gradlew check -x test', './gradlew test allTests'], './gradlew test allTests'],
    ['the JVM only', ['./gradlew jvmTest'], './gradlew jvmTest'],
  ])('a multiplatform build, where not every module has `test`; CI runs %s', (_, lines, command) => {
    const files = { ...gradle, 'core/build.gradle.kts': 'plugins { kotlin("multiplatform") }\n', ...workflow(...lines) }
    expect(commandsOf(files)).toEqual([command])
  })
})

it('a project that builds with both has one suite, with the tool that CI uses', () => {
  const { suites, unsure } = found({ ...maven, ...gradle, ...workflow('./gradlew test') })
  expect(suites.map(({ command }) => command)).toEqual(['./gradlew test'])
  expect(unsure).toEqual(['The project builds with Gradle and with Maven; the tests run with Gradle.'])
})

it('without test sources there is no suite, and the user is told', () => {
  const { suites, unsure } = found({ 'pom.xml': pom, 'src/main/java/App.java': '' })
  expect(suites).toEqual([])
  expect(unsure).toEqual(['There are no test sources yet, so no tests run.'])
})
