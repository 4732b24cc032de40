import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { DEFAULT_CREDENTIAL } from '../../src/emulator/default-credential.ts';
import { generateStates } from '../../src/emulator/generate.ts';
import { readGeneratedSize } from '../../src/emulator/generated-size.ts';
import type { EmulatorState } from '../../src/emulator/state.ts';
import { CLOUD_CONFIG } from '../../src/wire/cloud-config.ts';
import { RESOURCE_DIRECTORY } from '../../src/wire/resource-directory.ts';
import { type Bench, type Row, repeat, spreadOf } from './bench.ts';
import { callsPerSecond, type ReadyCall, readyCall } from './emulator-load.ts';
import { emulateState } from './emulator-process.ts';

const RUNS = 5;
const CALLS = 4000;
const CONNECTIONS = 16;
const SIZES = [
  'accounts=1000,folders=50,contacts=20,aggregators=5',
  'accounts=100000,folders=2000,contacts=20,aggregators=5',
];

export const emulatorBench: Bench = {
  name: 'emulator',
  what: `Signed calls (ACS3-HMAC-SHA256, checked) that \`emulate\` answers in a second: a process of its own for the server, ${CONNECTIONS} connections from this one, ${CALLS} calls a run, signed before it; median (least to greatest) of ${RUNS} runs. Writes neither lock nor wait. Memory is the most that the server's process held, state and call log included.`,
  run: async () => {
    const rows: Row[] = [];
    for (const size of SIZES) rows.push(...(await rowsOf(size)));
    return rows;
  },
};

async function rowsOf(size: string): Promise<Row[]> {
  const state = stateOf(size);
  const startedAt = performance.now();
  const server = await emulateState(state);
  const startMs = performance.now() - startedAt;
  try {
    const rows: Row[] = [];
    for (const [name, callAt] of Object.entries(mixes(state))) {
      const rates = await repeat(RUNS, () => oneRun(server.url, callAt));
      rows.push({ accounts: state.accounts.length, calls: name, 'calls a second': spreadOf(rates) });
    }
    const memory = { 'server up after ms': Math.round(startMs), 'memory MB': memoryOf(server.process) };
    return rows.map((row) => ({ ...row, ...memory }));
  } finally {
    await server.stop();
  }
}

type Call = readonly [action: string, version: string, parameters: Record<string, string>];

function mixes(state: EmulatorState): Record<string, (n: number) => Call> {
  const contact = (n: number) => state.contacts[n % state.contacts.length]?.id ?? '';
  const account = state.accounts[0]?.id ?? '';
  const fullPages = Math.floor(state.accounts.length / 100);
  const listContacts = (): Call => ['ListMessageContacts', RESOURCE_DIRECTORY.version, { PageSize: '50' }];
  const getContact = (n: number): Call => [
    'GetMessageContact',
    RESOURCE_DIRECTORY.version,
    { ContactId: contact(n) },
  ];
  const unbind = (n: number): Call => [
    'DisassociateMembers',
    RESOURCE_DIRECTORY.version,
    { ContactId: contact(n), 'Members.1': account },
  ];
  const listAccounts = (n: number): Call => [
    'ListAccounts',
    RESOURCE_DIRECTORY.version,
    { PageNumber: String((n % fullPages) + 1), PageSize: '100' },
  ];
  const listGroups = (): Call => ['ListAggregators', CLOUD_CONFIG.version, { MaxResults: '100' }];
  const all = [listContacts, getContact, unbind, listAccounts, listGroups];
  return {
    'one contact read': getContact,
    'one member unbound': unbind,
    'a page of 100 accounts': listAccounts,
    'five kinds in turn': (n) => (all[n % all.length] ?? getContact)(Math.floor(n / all.length)),
  };
}

async function oneRun(url: URL, callAt: (n: number) => Call): Promise<number> {
  const calls: ReadyCall[] = Array.from({ length: CALLS }, (_, n) =>
    readyCall(DEFAULT_CREDENTIAL, url.host, ...callAt(n)),
  );
  return callsPerSecond(Number(url.port), calls, CONNECTIONS);
}

/** Writes neither lock nor wait. */
function stateOf(size: string): EmulatorState {
  const [state] = generateStates(readGeneratedSize(size));
  if (state === undefined) throw new Error('nothing was generated');
  return { ...state, behaviour: { ...state.behaviour, lockScope: 'none', latencyMs: 0 } };
}

/** Linux's VmHWM, in MB. */
function memoryOf({ pid }: ChildProcess): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1024);
}
