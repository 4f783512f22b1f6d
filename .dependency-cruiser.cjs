// The import rules of docs/architecture.md, section 2. A domain may use the public face (index.ts) of the domains to its left.
const DOMAINS = [
  'accounts',
  'compliance',
  'contacts',
  'segments',
  'templates',
  'integrations',
  'approvals',
  'campaigns',
  'sending',
  'analytics',
  'workspace',
]
const anyOf = names => `(${names.join('|')})`
// Types that every domain is written against; they belong to the kernel's level.
const SEAMS = '^src/main/(request|domain-parts|ports)\\.ts$'

const domainRules = DOMAINS.flatMap((domain, at) => {
  const left = DOMAINS.slice(0, at)
  const own = `^src/main/${domain}/`
  const faces = left.length > 0 ? [`^src/main/${anyOf(left)}/index\\.ts$`] : []
  return [
    {
      name: `domain-${domain}`,
      comment: `${domain} may import shared, kernel, storage, scheduling and the index.ts of: ${left.join(', ') || 'no other domain'}`,
      severity: 'error',
      from: { path: own },
      to: { path: '^src/', pathNot: [own, '^src/shared/', '^src/main/(kernel|storage|scheduling)/', SEAMS, ...faces] },
    },
  ]
})

module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      comment: 'No file reaches itself through what it imports, types included',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'shared-stands-alone',
      comment: 'src/shared runs anywhere: zod, the contract library and itself',
      severity: 'error',
      from: { path: '^src/shared/' },
      to: { pathNot: ['^src/shared/', '(^|/)node_modules/zod/', '(^|/)node_modules/@orpc/(contract|client)/'] },
    },
    {
      name: 'kernel-stands-low',
      comment: 'The kernel imports shared and itself',
      severity: 'error',
      from: { path: '^src/main/kernel/' },
      to: { path: '^src/', pathNot: ['^src/main/kernel/', '^src/shared/'] },
    },
    {
      name: 'storage-stands-low',
      comment: 'Storage imports kernel, shared and itself',
      severity: 'error',
      from: { path: '^src/main/storage/' },
      to: { path: '^src/', pathNot: ['^src/main/(kernel|storage)/', '^src/shared/'] },
    },
    {
      name: 'scheduling-stands-low',
      comment: 'Scheduling imports storage, kernel, shared and itself',
      severity: 'error',
      from: { path: '^src/main/scheduling/' },
      to: { path: '^src/', pathNot: ['^src/main/(kernel|storage|scheduling)/', '^src/shared/', SEAMS] },
    },
    ...domainRules,
    {
      name: 'only-hosts-start-the-application',
      comment: 'app.ts is imported by the hosts and the command line only',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/main/(host|cli)/', '^src/main/(index|before-ready|cli)\\.ts$'] },
      to: { path: '^src/main/app\\.ts$' },
    },
    {
      name: 'hosts-know-no-domain',
      comment: 'Hosts and command line see the application through app.ts, the ports and the router',
      severity: 'error',
      from: { path: ['^src/main/(host|cli)/', '^src/main/(index|before-ready|cli)\\.ts$'] },
      to: {
        path: `^src/main/${anyOf(DOMAINS)}/`,
        pathNot: [
          '^src/main/integrations/secrets\\.ts$',
          '^src/main/contacts/import/thread/thread-reader\\.ts$',
          '^src/main/sending/press/thread-press\\.ts$',
          '^src/main/integrations/domain-check/system-resolver\\.ts$',
        ],
      },
    },
    {
      name: 'nobody-imports-hosts',
      comment: 'A host is imported by the entries only',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/main/(host|cli)/', '^src/main/(index|before-ready|cli)\\.ts$'] },
      to: { path: '^src/main/(host|cli)/' },
    },
    {
      name: 'electron-in-its-host',
      comment: 'electron is imported in host/electron and the preload only',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/main/host/electron/', '^src/preload/'] },
      to: { path: ['^electron$', '(^|/)node_modules/electron/'] },
    },
    {
      name: 'ipc-in-one-file',
      comment: 'The message port handler is used in host/electron/ipc.ts only',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/main/host/electron/ipc\\.ts$' },
      to: { path: '(^|/)node_modules/@orpc/server/dist/adapters/message-port/' },
    },
    {
      name: 'sqlite3-in-storage',
      comment: 'sqlite3 is imported in src/main/storage and by the program that verifies the ledger',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(main/storage|verify)/' },
      to: { path: ['^sqlite3$', '(^|/)node_modules/sqlite3/'] },
    },
    {
      name: 'verify-stands-alone',
      comment: 'What verifies the ledger shares no code with what writes it',
      severity: 'error',
      from: { path: '^src/verify/' },
      to: { path: '^src/', pathNot: '^src/verify/' },
    },
    {
      name: 'nobody-imports-verify',
      comment: 'What verifies the ledger is a program of its own',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/verify/' },
      to: { path: '^src/verify/' },
    },
    {
      name: 'kysely-in-stores',
      comment: 'kysely is imported in src/main/storage and in *-store.ts only',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/main/storage/', '-store\\.ts$'] },
      to: { path: '(^|/)node_modules/kysely/' },
    },
    {
      name: 'network-at-the-edge',
      comment: 'The network is used in integrations, hosts and the command line only',
      severity: 'error',
      from: { path: '^src/main/', pathNot: ['^src/main/(integrations|host|cli)/'] },
      to: {
        path: [
          '^(node:)?(http|https|http2|net|tls|dgram|dns|dns/promises)$',
          '(^|/)node_modules/(nodemailer|smtp-server)/',
          '(^|/)node_modules/@orpc/(client|server)/dist/adapters/(fetch|message-port)/',
        ],
      },
    },
    {
      name: 'pages-see-shared-only',
      comment: 'Renderer and preload import shared and themselves',
      severity: 'error',
      from: { path: '^src/(renderer|preload)/' },
      to: { path: '^src/main/' },
    },
    {
      name: 'pages-stand-apart',
      comment: 'A page does not import from the folder of another page',
      severity: 'error',
      from: { path: '^src/renderer/pages/([^/]+)/' },
      to: { path: '^src/renderer/pages/([^/]+)/', pathNot: '^src/renderer/pages/$1/' },
    },
    {
      name: 'no-node-in-the-page',
      comment: 'Renderer and shared use no Node modules',
      severity: 'error',
      from: { path: '^src/(renderer|shared)/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'everything-resolves',
      comment: 'An import leads somewhere',
      severity: 'error',
      from: { path: '^src/' },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
    cache: { folder: '.cache/dependency-cruiser', strategy: 'content' },
  },
}
