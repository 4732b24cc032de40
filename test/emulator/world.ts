import type { EmulatorState } from '../../src/emulator/state.ts';
import { stateFrom } from '../../src/emulator/state-file.ts';

export const PAYMENTS = '1738084522671234';
export const LEDGER = '1738084522671235';
export const SANDBOX = '1738084522671236';
/** Above 2^53: it would lose its last digit as a JavaScript number. */
export const BIG = '9173808452267123';
export const MANAGEMENT = '1000000000000001';
/** Bound, but not in the directory any more. */
export const GONE = '1000048568874540';

export const SECOPS = 'c-SecOps0000000001';
export const FINANCE = 'c-Finance000000001';
export const PENDING = 'c-Verifying0000001';

export const CUSTOM = 'ca-dacf86d8314e00eb1234';
export const WHOLE = 'ca-dacf86d8314e00eb1235';
export const BY_FOLDER = 'ca-dacf86d8314e00eb1236';

export const START = Date.UTC(2026, 0, 15, 8, 0, 0);

const WRITTEN = {
  directory: {
    id: 'rd-3mNq8W',
    rootFolderId: 'r-Zo0kQ1',
    managementAccount: { id: MANAGEMENT, name: 'Example Holding' },
  },
  folders: [
    { id: 'fd-Production', name: 'Production' },
    { id: 'fd-Payments', name: 'Payments', parent: 'fd-Production' },
    { id: 'fd-Sandbox', name: 'Sandbox' },
  ],
  accounts: [
    { id: PAYMENTS, name: 'payments-prod', folder: 'fd-Payments', tags: { env: 'prod', team: 'pay' } },
    { id: LEDGER, name: 'ledger-prod', folder: 'fd-Production', tags: { env: 'prod' } },
    { id: SANDBOX, name: 'sandbox-7', folder: 'fd-Sandbox', status: 'InviteSuccess' },
    { id: BIG, name: 'far-away' },
  ],
  contacts: [
    { id: SECOPS, name: 'SecOps', email: 'secops@example.com', members: [PAYMENTS, 'fd-Sandbox', GONE] },
    { id: FINANCE, name: 'Finance', messageTypes: ['AccountExpenses'] },
    { id: PENDING, name: 'Waiting', status: 'Verifying' },
  ],
  aggregators: [
    { id: CUSTOM, name: 'production', accounts: [PAYMENTS, { id: BIG, name: 'Tony' }] },
    { id: WHOLE, name: 'everything', type: 'RD' },
    { id: BY_FOLDER, name: 'prod-folder', type: 'FOLDER', folders: ['fd-Production'] },
  ],
};

/** Four accounts, three contacts, one aggregator of each type; `changes` replaces whole sections. */
export const worldState = (changes: Record<string, unknown> = {}): EmulatorState =>
  stateFrom({ ...WRITTEN, ...changes });
