import type { LiveManifest, LiveOwner } from './live-manifest.ts';

/**
 * The live state as a YAML manifest. Ids are the only scalars; names stand in comments, where they can end
 * neither the comment nor the file. It holds nothing that changes between two readings of one state.
 */
export function writeYaml({ directoryId, contacts, aggregators }: LiveManifest): string {
  const lines = [
    `# Resource directory ${directoryId} as it is: planning this file shows no change.`,
    '# What no plan can take stands in comments.',
    'version: 1',
    `directory: ${directoryId}`,
    'ownership: listed',
    ...(contacts === undefined ? [] : section('contacts', contacts, contactLines)),
    ...(aggregators === undefined ? [] : section('aggregators', aggregators, aggregatorLines)),
  ];
  return `${lines.join('\n')}\n`;
}

function section(
  key: string,
  owners: readonly LiveOwner[],
  write: (owner: LiveOwner) => readonly string[],
): readonly string[] {
  const plannable = owners.some(({ obstacle }) => obstacle === undefined);
  const lines = owners.flatMap((owner) =>
    owner.obstacle === undefined ? write(owner) : obstacleLines(owner),
  );
  return [plannable ? `${key}:` : `${key}: []`, ...lines];
}

function contactLines({ id, label, members, gone }: LiveOwner): readonly string[] {
  const owner = `  - contact: ${id}${comment(label)}`;
  if (members.length > 0) return [owner, '    bind:', ...memberLines(members), ...goneLines('      ', gone)];
  return [owner, ...goneLines('    ', gone), '    bind: []', '    allowEmpty: true'];
}

const aggregatorLines = ({ id, label, members, gone }: LiveOwner): readonly string[] => [
  `  - aggregator: ${id}${comment(label)}`,
  '    accounts:',
  ...memberLines(members),
  ...goneLines('      ', gone),
];

const memberLines = (members: LiveOwner['members']): readonly string[] =>
  members.map(({ written, label }) => `      - ${scalar(written)}${comment(label)}`);

const goneLines = (indent: string, gone: LiveOwner['gone']): readonly string[] =>
  gone.map((id) => `${indent}# ${id} is no longer in the directory`);

const obstacleLines = ({ id, label, obstacle, gone }: LiveOwner): readonly string[] => [
  `  # ${[id, label].join(' ').trim()} ${obstacle}`,
  ...goneLines('  ', gone),
];

const comment = (label: string): string => (label === '' ? '' : ` # ${label}`);

/** An account id unquoted would be a number to other readers, and lose its last digits. */
const scalar = (written: string): string => (/^\d/.test(written) ? `"${written}"` : written);
