import { describe, expect, it } from 'vitest';
import { FaultBook } from '../../src/emulator/fault-book.ts';
import { RecordScrubber } from '../../src/emulator/scrub-record.ts';
import { startEmulator } from '../../src/emulator/server.ts';
import { readStates } from '../../src/emulator/several-states.ts';
import type { EmulatorState } from '../../src/emulator/state.ts';
import { faultsFrom } from '../../src/emulator/state-file.ts';
import { membersParameters } from './harness.ts';
import { replay } from './replay.ts';
import { BIG, CUSTOM, FINANCE, LEDGER, PAYMENTS, SECOPS, START, worldState } from './world.ts';

const UNCHECKED = { verifySignature: false, lockScope: 'none', latencyMs: 0 };

/** An emulator whose saved texts and recorded lines are kept. */
async function running(state: EmulatorState, work: (url: string) => Promise<void>) {
  const kept = { saved: [] as string[], lines: [] as string[] };
  const emulator = await startEmulator({
    state,
    now: () => START,
    record: (line) => void kept.lines.push(line),
    save: async (text) => void kept.saved.push(text),
  });
  try {
    await work(emulator.url);
    return kept;
  } finally {
    await emulator.close();
  }
}

function call(url: string, action: string, parameters: Record<string, string> = {}): Promise<Response> {
  const Version = action.includes('Aggregator') ? '2020-09-07' : '2022-04-19';
  const query = new URLSearchParams({ Action: action, Version, Format: 'JSON', ...parameters });
  return fetch(`${url}/?${query.toString()}`, { method: 'POST' });
}

describe('a saved state', () => {
  it('is a state file that loads to what the emulator held, keys and remaining faults among it', async () => {
    const credentials = [{ accessKeyId: 'key', accessKeySecret: 'secret' }];
    const faults = [
      { action: 'GetAggregator', kind: 'conflict', call: ['1', '3'] },
      { kind: 'silent', member: BIG },
    ];
    const state = worldState({ behaviour: UNCHECKED, credentials, faults });
    const { saved } = await running(state, async (url) => {
      await call(url, 'AssociateMembers', membersParameters(FINANCE, [LEDGER]));
      await call(url, 'GetAggregator', { AggregatorId: CUSTOM });
      const answer = await fetch(`${url}/_emulator/save`, { method: 'POST' });
      expect([answer.status, await answer.json()]).toEqual([200, { saved: true }]);
    });
    const [loaded] = readStates(saved[0] ?? '');
    expect(loaded?.contacts.find(({ id }) => id === FINANCE)?.members).toEqual([LEDGER]);
    expect(loaded).toEqual({
      ...state,
      contacts: loaded?.contacts,
      faults: [
        { action: 'GetAggregator', kind: 'conflict', call: [2] },
        { kind: 'silent', member: BIG },
      ],
    });
  });

  it('is refused without a file to save to', async () => {
    const emulator = await startEmulator({ state: worldState() });
    try {
      const answer = await fetch(`${emulator.url}/_emulator/save`, { method: 'POST' });
      expect([answer.status, await answer.json()]).toEqual([
        409,
        { error: 'no file to save to was named; start the emulator with --save FILE' },
      ]);
    } finally {
      await emulator.close();
    }
  });

  it('leaves out faults that are used up and counts down the others', () => {
    const faults = faultsFrom([
      { kind: 'conflict' },
      { kind: 'slow', times: 3 },
      { kind: 'silent', times: 'always' },
      { kind: 'late', call: [1, 2, 5] },
      { kind: 'error', probability: 0.5 },
    ]);
    const book = new FaultBook(faults, () => 0.9);
    for (let calls = 0; calls < 2; calls += 1)
      book.meet({ action: 'ListAccounts', owner: undefined, members: [] });
    expect(book.remaining()).toEqual([
      { kind: 'slow', times: 2 },
      { kind: 'silent', times: Number.MAX_SAFE_INTEGER },
      { kind: 'late', call: [3] },
      { kind: 'error', probability: 0.5 },
    ]);
  });
});

describe('a recording', () => {
  const state = worldState({ behaviour: UNCHECKED, faults: [{ action: 'ListAccounts', kind: 'truncated' }] });
  const story = async (url: string): Promise<void> => {
    await call(url, 'AssociateMembers', membersParameters(FINANCE, [PAYMENTS, BIG]));
    await call(url, 'AssociateMembers', membersParameters(FINANCE, ['1000000000000099']));
    await call(url, 'ListMessageContacts');
    await call(url, 'GetAggregator', { AggregatorId: CUSTOM });
    await call(url, 'ListAccounts');
    await call(url, 'GetMessageContact', { ContactId: SECOPS });
  };

  it('has a line for every call, with what was asked and answered, ids digit for digit', async () => {
    const { lines } = await running(state, story);
    const calls = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(calls.map(({ n, action, status }) => [n, action, status])).toEqual([
      [1, 'AssociateMembers', 200],
      [2, 'AssociateMembers', 400],
      [3, 'ListMessageContacts', 200],
      [4, 'GetAggregator', 200],
      [5, 'ListAccounts', 200],
      [6, 'GetMessageContact', 200],
    ]);
    expect(calls[0]).toMatchObject({
      at: START,
      directory: 'rd-3mNq8W',
      version: '2022-04-19',
      parameters: membersParameters(FINANCE, [PAYMENTS, BIG]),
      outcome: 'answer',
    });
    expect(lines[3]).toContain(`"AccountId":${BIG}`);
    expect(calls[4]?.['answer']).toEqual({ unreadable: expect.any(Number) as number });
    expect(lines.join('\n')).not.toContain('secops@example.com');
  });

  it('is answered alike by an emulator that starts from the same state', async () => {
    const { lines } = await running(state, story);
    expect(replay(lines, [state])).toEqual(lines);
  });

  it('shows where an emulator in another state answers otherwise', async () => {
    const { lines } = await running(state, story);
    const other = replay(lines, [worldState({ behaviour: UNCHECKED })]);
    const differing = other.flatMap((line, index) => (line === lines[index] ? [] : [index + 1]));
    expect(differing).toEqual([5]);
  });
});

describe('what a recording leaves out', () => {
  it.each<[string, unknown, unknown]>([
    ['EmailAddress', 'ann@company.example', 'person-1@example.com'],
    ['PhoneNumber', '86-13900001111', '86-19900000001'],
    ['AccessKeySecret', 'x', '***'],
    ['SecurityToken', 'x', '***'],
    ['Note', 'ask ann@company.example first', 'ask person-1@example.com first'],
    ['AccountName', 'pay@rd-3mNq8W.aliyunid.com', 'pay@rd-3mNq8W.aliyunid.com'],
    ['NextToken', 'abc', 'abc'],
    [
      'Contacts',
      [{ Email: '' }, { Email: 'b@c.example' }],
      [{ Email: '' }, { Email: 'person-1@example.com' }],
    ],
  ])('%s', (name, value, scrubbed) => {
    expect(new RecordScrubber().value(name, value)).toEqual(scrubbed);
  });

  it('stands for the same person each time, in XML too', () => {
    const scrubber = new RecordScrubber();
    scrubber.text('EmailAddress', 'a@b.example');
    expect(scrubber.xml('<C><EmailAddress>c@d.example</EmailAddress><Email>a@b.example</Email></C>')).toBe(
      '<C><EmailAddress>person-2@example.com</EmailAddress><Email>person-1@example.com</Email></C>',
    );
  });
});
