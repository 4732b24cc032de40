/** Names for generated directories: plain, made up, and of the kind that companies use. */

/** What folders are called, level by level below the root. Resource Directory takes five levels. */
export const FOLDER_NAMES: readonly (readonly string[])[] = [
  ['Core', 'Production', 'Retail', 'Payments', 'Logistics', 'Insurance', 'Media', 'Research', 'Security'],
  ['China', 'Asia Pacific', 'Europe', 'Americas', 'Shared'],
  ['Ledger', 'Checkout', 'Risk', 'Catalog', 'Search', 'Warehouse', 'Fleet', 'Claims', 'Streaming', 'Data'],
  ['Prod', 'Staging', 'Dev', 'Sandbox'],
  ['Team Red', 'Team Green', 'Team Blue', 'Team Gold', 'Team Grey'],
];

export const ENVIRONMENTS = ['prod', 'staging', 'dev', 'sandbox'] as const;

export const SERVICES = [
  'ledger',
  'checkout',
  'risk',
  'catalog',
  'search',
  'stock',
  'fleet',
  'claims',
  'stream',
  'lake',
  'login',
  'mail',
] as const;

export const TEAMS = ['red', 'green', 'blue', 'gold', 'grey'] as const;

export const CONTACT_NAMES = [
  'SecOps',
  'Finance',
  'Platform',
  'On-call',
  'Compliance',
  'Data office',
  'Retail IT',
  'Payments',
  'Logistics',
  'Media',
] as const;

export const GROUP_NAMES = ['pci', 'production', 'privacy', 'baseline', 'audit', 'network', 'cost'] as const;
