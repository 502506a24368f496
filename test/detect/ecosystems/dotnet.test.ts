import { describe, expect, it } from 'vitest'
import { commandsOf, found, workflow } from '../../support/layout.ts'
import { json } from '../../support/view.ts'

const app =
  '<Project Sdk="Microsoft.NET.Sdk.Web"><TargetFramework>net9.0</TargetFramework><Nullable>enable</Nullable></Project>'
const test =
  '<Project><PackageReference Include="Microsoft.NET.Test.Sdk" /><PackageReference Include="xunit" /></Project>'
const projects = { 'src/Shop/Shop.csproj': app, 'test/Shop.Tests/Shop.Tests.csproj': test }

describe('.NET', () => {
  it('a single solution is tested as a whole', () =>
    expect(found({ ...projects, 'Shop.sln': '' })).toMatchObject({
      languages: ['C#'],
      packageManagers: ['nuget'],
      suites: [{ name: 'dotnet', command: 'dotnet test', single: 'dotnet test --filter NAME' }],
      conventions: ['Targets net9.0.', 'Nullable reference types are enabled.', 'Tests: xUnit, in 1 project.'],
      entries: ['`src/Shop/Shop.csproj`: a program'],
      ignore: ['**/bin/Debug/**', '**/bin/Release/**', '**/obj/**', '**/TestResults/**'],
      unsure: [],
    }))

  it('of several solutions the one that CI names is tested', () => {
    const files = { ...projects, 'All.sln': '', 'Shop.slnx': '' }
    expect(commandsOf({ ...files, ...workflow('dotnet test Shop.slnx') })).toEqual(['dotnet test Shop.slnx'])
    expect(found(files)).toMatchObject({
      suites: [{ command: 'dotnet test All.sln' }],
      unsure: ['There are 2 solutions: All.sln and Shop.slnx. The tests run with All.sln.'],
    })
  })

  it('a solution filter that CI uses is passed as the newer test platform requires', () =>
    expect(
      commandsOf({
        ...projects,
        ...workflow('dotnet test --solution Web.slnf'),
        'All.slnx': '',
        'Web.slnf': '',
        'global.json': json({ test: { runner: 'Microsoft.Testing.Platform' } }),
      }),
    ).toEqual(['dotnet test --solution Web.slnf']))

  it('without a solution each test project is a suite', () =>
    expect(found(projects).suites).toEqual([
      {
        name: 'test/Shop.Tests',
        command: 'cd test/Shop.Tests && dotnet test',
        single: 'cd test/Shop.Tests && dotnet test --filter NAME',
      },
    ]))

  it('without a test project there is no suite', () =>
    expect(commandsOf({ 'Shop.sln': '', 'Shop/Shop.csproj': app })).toEqual([]))
})
