import { commandOf } from './project.mjs'

/** The checks that read the code without running it, in the order in which they find mistakes soonest. */
export function staticChecks() {
  return [
    { name: 'types', args: [commandOf('typescript', 'tsc'), '-b'] },
    {
      name: 'format and lint (biome)',
      args: [commandOf('@biomejs/biome', 'biome'), 'check', '--error-on-warnings', '.'],
    },
    { name: 'lint (oxlint)', args: [commandOf('oxlint'), '--type-aware', '--deny-warnings', 'src', 'test'] },
    {
      name: 'import rules',
      args: [commandOf('dependency-cruiser', 'depcruise'), 'src', '--config', '.dependency-cruiser.cjs'],
    },
  ]
}
