import type { RepoView, SuiteFact } from '../../model/setup/repo-facts.ts'
import { preferred } from '../ci.ts'
import type { Ecosystem } from '../ecosystem.ts'
import { asText, parseJson, tableAt } from '../parsed.ts'
import { baseOf, firstOf } from '../view.ts'

export const cpp: Ecosystem = {
  name: 'cpp',
  manifests: ['CMakeLists.txt', 'meson.build', 'Makefile.am'],
  packageManifests: [],
  languages: { c: 'C', h: 'C', cc: 'C++', cxx: 'C++', cpp: 'C++', hh: 'C++', hpp: 'C++' },
  runsTests: /\b(ctest|cmake)\b|\b(meson|ninja)\b.*\btest\b|\bmake\b.*\scheck\b/,
  usesTools: /\b(ctest|cmake|meson|ninja|g?cc|clang|g\+\+)\b|\$[({](CC|CXX|MAKE)[)}]|runtest/,
  factsOf(project, _, ci) {
    if (!project.files.some(file => /\.(c|cc|cpp|cxx|cu)$/.test(file))) return undefined
    const builds = [...cmakeOf(project, ci), ...mesonOf(project), ...autotoolsOf(project)]
    const chosen = preferred(builds, ci)
    const others = builds.filter(({ label }) => label !== chosen?.label).map(({ label }) => label)
    const single = chosen?.single
    return {
      language: languageOf(project),
      packageManager: managerOf(project),
      description: null,
      suites: chosen ? [{ name: 'cpp', command: chosen.command, ...(single && { single }) }] : [],
      commands: [],
      conventions: conventions(project, chosen?.label),
      entries: [],
      ignore: ['build/**', 'builddir/**', 'cmake-build-*/**', 'CMakeUserPresets.json', '**/*.o', '.cache/**'],
      unsure: [
        ...(chosen ? chosen.unsure : []),
        ...(others.length > 0
          ? [`The project also builds with ${others.join(' and ')}; the tests run with ${chosen?.label}.`]
          : []),
      ],
    }
  },
}

type Build = Omit<SuiteFact, 'name'> & { label: string; inCi: RegExp; unsure: string[] }

/** The directory to build in: `build`, unless the repository has files there. */
const buildDir = (project: RepoView): string =>
  project.files.some(file => file.startsWith('build/')) ? 'cmake-build-test' : 'build'

function cmakeOf(project: RepoView, ci: string[]): Build[] {
  const lists = project.files.filter(file => baseOf(file) === 'CMakeLists.txt').slice(0, 60)
  const root = project.read('CMakeLists.txt')
  if (root === undefined) return []
  const texts = lists.map(file => (project.read(file) ?? '').replace(/^\s*#.*$/gm, ''))
  if (!texts.some(text => /\benable_testing\s*\(|\binclude\s*\(\s*CTest\s*\)|\badd_test\s*\(/i.test(text))) return []
  const label = 'CMake'
  const inCi = /\bctest\b|\bcmake\b/
  const preset = presetOf(project)
  if (preset) return [{ label, inCi, command: preset, unsure: [] }]
  const dir = buildDir(project)
  const given = optionsIn(ci)
  const switches = testSwitches(root, texts)
    .filter(name => !given.some(option => option.startsWith(`-D${name}=`)))
    .map(name => ` -D${name}=ON`)
  const options = [...given.map(option => ` ${option}`), ...switches].join('')
  return [
    {
      label,
      inCi,
      command: `cmake -S . -B ${dir}${options} && cmake --build ${dir} && ctest --test-dir ${dir} --output-on-failure`,
      single: `ctest --test-dir ${dir} -R NAME --output-on-failure`,
      unsure: [
        given.length > 0
          ? `CMake configures and builds in ${dir}/ with the options of CI.`
          : `CMake configures and builds in ${dir}/ with its defaults. Add the options you build with.`,
      ],
    },
  ]
}

/** Options of CMake that say where and with what to build, which is each machine's own affair. */
const machines = /^CMAKE_(?!BUILD_TYPE$)|COMPILER|TOOLCHAIN|PREFIX|SANITI|COVERAGE|GENERATOR|CACHE|FUZZ|BENCH|_CI$/i

/** The options that CI configures a build with tests with, e.g. `-DBUILD_TESTING=on`. */
function optionsIn(ci: string[]): string[] {
  const configures = ci.filter(line => /\bcmake\b/.test(line) && !/\s--(build|install|preset|workflow)\b/.test(line))
  for (const line of configures) {
    const options = [...line.matchAll(/\s-D\s*(\w+)(?::\w+)?=("[^"]*"|[^\s"';&|]+)/g)]
    const usable = options.filter(([, name, value]) => !machines.test(name ?? '') && !/\$/.test(value ?? ''))
    if (usable.some(([, name, value]) => /TEST/i.test(name ?? '') && /^"?(ON|1|YES|TRUE)"?$/i.test(value ?? '')))
      return usable.map(([, name, value]) => `-D${name}=${value}`)
  }
  return []
}

/** Options that build the tests and are off by default; one that names it plainly is enough. */
function testSwitches(lists: string, texts: string[]): string[] {
  // Only `include(CTest)` and an option set BUILD_TESTING; without them a test for it is never true.
  const asked = texts.some(text => /\bif\s*\(\s*BUILD_TESTING\b/i.test(text))
  const set = /\binclude\s*\(\s*CTest\s*\)|\b(option|set)\s*\(\s*BUILD_TESTING\b/i
  if (asked && !texts.some(text => set.test(text))) return ['BUILD_TESTING']
  const off =
    /\boption\s*\(\s*([A-Za-z0-9]+_)?((?:BUILD_|ENABLE_|WITH_)?(?:UNIT_?)?TEST(?:S|ING)?)\s+"[^"]*"\s+OFF\s*\)/gi
  const names = [...lists.matchAll(off)].map(match => `${match[1] ?? ''}${match[2]}`)
  const plain = names.filter(name => /BUILD_|ENABLE_/i.test(name))
  return plain.length > 0 ? plain : names
}

/** The command for the repository's first visible workflow preset, else for its first test presets. */
function presetOf(project: RepoView): string | undefined {
  const presets = parseJson(project.read('CMakePresets.json'))
  const first = (kind: string) => {
    const list = presets?.[kind]
    const names = Array.isArray(list) ? list.filter(preset => !preset?.hidden && !preset?.condition) : []
    return asText(names[0]?.name)
  }
  const workflow = first('workflowPresets')
  if (workflow) return `cmake --workflow --preset ${workflow}`
  const [configure, build, test] = [first('configurePresets'), first('buildPresets'), first('testPresets')]
  if (!configure || !build || !test) return undefined
  return `cmake --preset ${configure} && cmake --build --preset ${build} && ctest --preset ${test}`
}

function mesonOf(project: RepoView): Build[] {
  const files = project.files.filter(file => baseOf(file) === 'meson.build').slice(0, 100)
  if (!project.files.includes('meson.build')) return []
  if (!files.some(file => /^\s*test\s*\(/m.test(project.read(file) ?? ''))) return []
  const dir = project.files.some(file => file.startsWith('build/')) ? 'builddir' : 'build'
  return [
    {
      label: 'Meson',
      inCi: /\bmeson\b/,
      // In a directory that is already set up, `meson setup` succeeds and changes nothing.
      command: `meson setup ${dir} && meson test -C ${dir} --print-errorlogs`,
      single: `meson test -C ${dir} NAME`,
      unsure: [],
    },
  ]
}

function autotoolsOf(project: RepoView): Build[] {
  const configured = firstOf(project, 'configure.ac', 'configure.in')
  if (!configured || !/^(TESTS|check_\w+|SUBDIRS)\b/m.test(project.read('Makefile.am') ?? '')) return []
  return [
    {
      label: 'Autotools',
      inCi: /\bautoreconf\b|\.\/configure\b|\bmake\b.*\scheck\b/,
      command: 'make check',
      unsure: ['`make check` works only after `./configure` has run here.'],
    },
  ]
}

function languageOf(project: RepoView): string {
  const count = (pattern: RegExp) => project.files.filter(file => pattern.test(file)).length
  return count(/\.c$/) > count(/\.(cc|cpp|cxx|hpp)$/) ? 'C' : 'C++'
}

function managerOf(project: RepoView): string | null {
  if (firstOf(project, 'conanfile.py', 'conanfile.txt')) return 'conan'
  return project.files.includes('vcpkg.json') ? 'vcpkg' : null
}

const libraries: [RegExp, string][] = [
  [/\bgtest|googletest/i, 'GoogleTest'],
  [/\bCatch2\b/, 'Catch2'],
  [/\bdoctest\b/i, 'doctest'],
]

function conventions(project: RepoView, build: string | undefined): string[] {
  const lists = project.files.filter(file => /(^|\/)(CMakeLists\.txt|meson\.build)$/.test(file)).slice(0, 60)
  const texts = lists.map(file => project.read(file) ?? '').join('\n')
  const standard = /CMAKE_CXX_STANDARD\s+(\d+)|cpp_std=(?:c|gnu)\+\+(\w+)|\bcxx_std_(\d+)/.exec(texts)
  const version = asText(tableAt(parseJson(project.read('vcpkg.json'))).version)
  const used = libraries.filter(([pattern]) => pattern.test(texts)).map(([, name]) => name)
  return [
    ...(build ? [`Built with ${build}.`] : []),
    ...(standard ? [`C++${standard[1] ?? standard[2] ?? standard[3]}.`] : []),
    ...(version ? [`Version ${version} (vcpkg.json).`] : []),
    ...(project.files.includes('.clang-format') ? ['Formatted with clang-format (.clang-format).'] : []),
    ...(project.files.includes('.clang-tidy') ? ['Linted with clang-tidy (.clang-tidy).'] : []),
    ...(used.length > 0 ? [`Tests: ${used.join(', ')}.`] : []),
  ]
}
