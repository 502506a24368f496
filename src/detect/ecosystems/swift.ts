import type { Ecosystem } from '../ecosystem.ts'
import { whereTestsLive } from '../phrases.ts'
import { firstOf } from '../view.ts'

export const swift: Ecosystem = {
  name: 'swift',
  manifests: ['Package.swift'],
  languages: { swift: 'Swift' },
  bundledManager: 'swift',
  runsTests: /\bswift\s+test\b|\bxcodebuild\b.*\btest\b/,
  usesTools: /\bswift\b|\bxcodebuild\b/,
  // `swift test` tests one package.
  leavesOut: () => true,
  factsOf(project) {
    const manifest = project.read('Package.swift') ?? ''
    const tested = /\.testTarget\s*\(/.test(manifest) || project.files.some(file => /^Tests\/.*\.swift$/.test(file))
    const version = /^\/\/\s*swift-tools-version:?\s*([\d.]+)/im.exec(manifest)?.[1]
    const formatter = firstOf(project, '.swift-format', '.swiftformat')
    const linter = firstOf(project, '.swiftlint.yml')
    const testFile = /Tests?\.swift$/
    return {
      language: 'Swift',
      packageManager: 'swift',
      description: null,
      suites: tested ? [{ name: 'swift', command: 'swift test', single: 'swift test --filter NAME' }] : [],
      commands: [],
      conventions: [
        ...(version ? [`Swift tools ${version} (Package.swift).`] : []),
        ...(formatter ? [`Formatting rules are in ${formatter}.`] : []),
        ...(linter ? [`Linted with SwiftLint (${linter}).`] : []),
        ...(tested ? [`Tests: \`swift test\`${whereTestsLive(project.files, testFile)}.`] : []),
      ],
      entries: project.files
        .filter(file => /^Sources\/[^/]+\/(main|.*App|entrypoint)\.swift$/.test(file))
        .slice(0, 5)
        .map(file => `\`${file}\`: a program, judging by its name`),
      ignore: ['.build/**', '.swiftpm/**', 'DerivedData/**'],
      unsure: [],
    }
  },
}
