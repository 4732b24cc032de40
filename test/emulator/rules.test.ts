import { describe, expect, it } from 'vitest';
import { FAULT_KINDS } from '../../src/emulator/fault.ts';
import { RULES } from '../../src/emulator/rules.ts';
import { stateFrom } from '../../src/emulator/state-file.ts';
import { stateSchema } from '../../src/emulator/state-schema.ts';
import { emulatorRulesTable } from '../docs/emulator-rules-table.ts';
import { worldState } from './world.ts';

/** How an emulator is set up, and no rule of a service. */
const NO_RULE = new Set(['behaviour.latencyMs']);

const keysOf = (section: 'behaviour' | 'quotas'): string[] => {
  const schema = stateSchema.shape[section].unwrap() as { readonly shape: object };
  return Object.keys(schema.shape).map((key) => `${section}.${key}`);
};

const switches = new Set([
  ...keysOf('behaviour'),
  ...keysOf('quotas'),
  ...Object.keys(stateSchema.shape),
  ...FAULT_KINDS.map((kind) => `faults: ${kind}`),
]);

describe('the rules', () => {
  it.each(RULES.filter(({ basis }) => basis === 'inferred'))(
    'can be changed where inferred: $rule',
    (rule) => {
      expect(rule.switches.length).toBeGreaterThan(0);
    },
  );

  it('name only switches that a state file has', () => {
    expect(RULES.flatMap((rule) => rule.switches).filter((key) => !switches.has(key))).toEqual([]);
  });

  it('name every switch of the behaviour and every quota', () => {
    const named = new Set(RULES.flatMap((rule) => rule.switches));
    const unnamed = [...keysOf('behaviour'), ...keysOf('quotas')].filter((key) => !named.has(key));
    expect(new Set(unnamed)).toEqual(NO_RULE);
  });

  it('make a table with a row for each', () => {
    const lines = emulatorRulesTable().split('\n');
    expect(lines).toHaveLength(RULES.length + 2);
    expect(lines.find((line) => line.startsWith('| binding what is bound'))).toBe(
      '| binding what is bound is success | inferred | no code for "already bound" is listed | `behaviour.rebind` |',
    );
    for (const line of lines) expect(line.match(/(?<!\\)\|/g)).toHaveLength(5);
  });
});

describe('a state file', () => {
  it('can turn every switch of the behaviour', () => {
    const turned = {
      lockScope: 'contact',
      rebind: 'strict',
      unbindAbsent: 'strict',
      verification: 'on-send',
      memberDeletion: 'Enabled',
      managementInGroups: false,
      nestedFolders: false,
      leaversLeaveGroups: false,
      leaversStayBound: false,
      unbindGone: 'accepted',
      memberFilter: 'inherited',
      largePages: 'refused',
      emptyGroupList: 'applied',
      smallLetterKeys: false,
      formParameters: 'ignored',
      defaultFormat: 'json',
    };
    expect(worldState({ behaviour: turned }).behaviour).toMatchObject(turned);
    expect(() => stateFrom({ behaviour: { memberFilter: 'some' } })).toThrow(
      'expected one of exact, inherited',
    );
  });
});
