/** The layers of the README's picture: imports go down only. Type-only imports count like the others. */

const STAGES = ['manifest', 'inventory', 'diff', 'plan', 'pace', 'apply', 'report'];
const FOLDERS = ['model', 'wire', ...STAGES, 'cloud', 'emulator', 'notify', 'job', 'commands'];

/** What each folder may import, beside itself. Root files and commands/ are the top: they have rules of their own. */
const MAY_IMPORT = {
  wire: [],
  model: ['wire'],
  ...Object.fromEntries(STAGES.map((stage) => [stage, ['model', 'wire']])),
  cloud: ['model', 'wire'],
  emulator: ['wire'],
  notify: ['model', 'report'],
  job: ['model', 'wire', ...STAGES, 'cloud', 'emulator', 'notify'],
};

/** Rooms inside job/, and which others each may import. The files beside them are the line, which leads through all. */
const ROOMS_OF_JOB = {
  files: [],
  'job-file': [],
  records: ['files'],
  'report-files': ['files', 'records'],
  'saved-plan': ['files'],
  undo: ['files', 'report-files'],
  explain: ['files'],
  export: [],
  doctor: [],
  schemas: ['job-file', 'saved-plan'],
};

/** Packages, and the only places that may import them. A package that is not listed may be imported nowhere. */
const PACKAGES = {
  '@alicloud/': 'cloud/',
  'cli-progress/': 'commands/',
  'commander/': '(args|options|option-rules|option-values)\\.ts$',
  'csv-parse/': 'manifest/',
  'csv-stringify/': 'report/',
  'https-proxy-agent/': 'cloud/',
  'js-yaml/': '(manifest|emulator|job)/',
  'lossless-json/': '(cloud|emulator)/',
  'p-limit/': '(pace|job)/',
  'p-retry/': 'pace/',
  'pino/': 'log\\.ts$',
  'pino-pretty/': 'log-pretty\\.ts$',
  'preact/': 'report/html/',
  'preact-render-to-string/': 'report/html/',
  'prom-client/': 'report/',
  'xmlbuilder2/': '(report|emulator)/',
  'proxy-from-env/': 'cloud/',
  'zod/': '(report|emulator|job)/',
};

/** Modules of Node, and the only places that may import them. One that is not listed may be imported nowhere. */
const NODE_MODULES = {
  crypto: '(manifest|plan|cloud|emulator|notify|job|report/html)/',
  diagnostics_channel: 'cloud/',
  events: '(job|commands)/',
  fs: '(job|commands)/|^src/tool\\.ts$',
  'fs/promises': '(job|commands)/|^src/tool\\.ts$',
  http: '(cloud|emulator|notify)/',
  https: '(cloud|notify)/',
  module: 'cloud/',
  net: 'emulator/',
  os: 'job/',
  path: '(job|commands)/',
  util: 'report/',
};

const folderRule = (folder) => ({
  name: `${folder}-imports-only-what-is-below`,
  severity: 'error',
  from: { path: `^src/${folder}/` },
  to: { path: '^src/', pathNot: [folder, ...MAY_IMPORT[folder]].map((below) => `^src/${below}/`) },
});

const roomRule = ([room, others]) => ({
  name: `job-${room}-imports-only-its-neighbours`,
  severity: 'error',
  from: { path: `^src/job/${room}/` },
  to: { path: '^src/job/[^/]+/', pathNot: [room, ...others].map((other) => `^src/job/${other}/`) },
});

const packageRule = ([name, where]) => ({
  name: `package-${name.replace(/\W+/g, '-').replace(/^-|-$/g, '')}-in-its-place`,
  severity: 'error',
  from: { path: '^src/', pathNot: `^src/${where}` },
  to: { path: `^node_modules/(@types/)?${name}` },
});

const nodeRule = ([name, where]) => ({
  name: `node-${name.replace('/', '-')}-in-its-place`,
  severity: 'error',
  from: { path: '^src/', pathNot: `^src/${where}` },
  to: { dependencyTypes: ['core'], path: `^(node:)?${name}$` },
});

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    ...Object.keys(MAY_IMPORT).map(folderRule),
    ...Object.entries(ROOMS_OF_JOB).map(roomRule),
    {
      name: 'every-room-of-job-has-its-neighbours',
      comment: 'A new folder in src/job/ needs a line in ROOMS_OF_JOB.',
      severity: 'error',
      from: {},
      to: { path: '^src/job/[^/]+/', pathNot: `^src/job/(${Object.keys(ROOMS_OF_JOB).join('|')})/` },
    },
    {
      name: 'model-takes-only-types-from-wire',
      severity: 'error',
      from: { path: '^src/model/' },
      to: { path: '^src/wire/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'commands-are-called-by-the-root-only',
      comment: 'The root files that commands use (log, clock, tool) stay below them: no-cycles sees to that.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(commands/|(main|args)\\.ts$)' },
      to: { path: '^src/commands/' },
    },
    {
      name: 'every-folder-has-a-layer',
      comment: 'A new folder in src/ needs a line in MAY_IMPORT.',
      severity: 'error',
      from: {},
      to: { path: '^src/[^/]+/', pathNot: `^src/(${FOLDERS.join('|')})/` },
    },
    {
      name: 'every-folder-has-a-layer-from',
      severity: 'error',
      from: { path: '^src/[^/]+/', pathNot: `^src/(${FOLDERS.join('|')})/` },
      to: {},
    },
    { name: 'nothing-imports-main', severity: 'error', from: {}, to: { path: '^src/main\\.ts$' } },
    {
      name: 'src-stands-alone',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|samples|jobs|dist)/' },
    },
    { name: 'no-imports-of-dist', severity: 'error', from: {}, to: { path: '^dist/' } },
    ...Object.entries(PACKAGES).map(packageRule),
    ...Object.entries(NODE_MODULES).map(nodeRule),
    {
      name: 'package-with-no-place',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^node_modules/', pathNot: `^node_modules/(@types/)?(${Object.keys(PACKAGES).join('|')})` },
    },
    {
      name: 'node-module-with-no-place',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['core'], pathNot: `^(node:)?(${Object.keys(NODE_MODULES).join('|')})$` },
    },
    {
      name: 'only-dependencies-at-run-time',
      severity: 'error',
      from: { path: '^src/' },
      to: {
        dependencyTypes: ['npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown', 'unknown'],
      },
    },
    {
      name: 'everything-resolves',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'nothing-deprecated',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['deprecated'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^coverage/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.test.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
