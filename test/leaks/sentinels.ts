import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ACCOUNTS, FINANCE, GROUP, OPS, smallState } from '../support/processes.ts';

/** Values that no output may hold; each is nowhere else. */
export const SENTINELS = {
  accessKeyId: 'LTAI5tSentinelKeyId00001',
  accessKeySecret: 'SentinelSecret+of/the=Key0000001',
  securityToken: 'STS.SentinelToken+of/the=Session0001',
  email: 'sentinel.person@example.invalid',
  phone: '86-13912345678',
  nameEmail: 'named.person@example.invalid',
  namePhone: '13987654321',
  hookToken: 'sentinel-token-of-the-hook',
  hookSecret: 'SECsentinel-secret-of-the-hook',
} as const;

export const KEY = {
  ALIBABA_CLOUD_ACCESS_KEY_ID: SENTINELS.accessKeyId,
  ALIBABA_CLOUD_ACCESS_KEY_SECRET: SENTINELS.accessKeySecret,
  ALIBABA_CLOUD_SECURITY_TOKEN: SENTINELS.securityToken,
};

/** A directory whose people have addresses, one of them in its name. */
export function peopledState(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const { accessKeyId, accessKeySecret, securityToken, email, phone, nameEmail, namePhone } = SENTINELS;
  return smallState({
    credentials: [{ accessKeyId, accessKeySecret, securityToken }],
    contacts: [
      { id: OPS, name: `Ops ${nameEmail} ${namePhone}`, email, phone, members: ACCOUNTS.slice(0, 2) },
      { id: FINANCE, name: 'Finance', email, phone, members: ['rd-3mNq8W'] },
    ],
    aggregators: [{ id: GROUP, name: `group of ${nameEmail}`, accounts: [ACCOUNTS[0]] }],
    ...changes,
  });
}

/** Names of the sentinels that a text holds, in any of the spellings in which they could travel. */
export function sentinelsIn(text: string): string[] {
  return Object.entries(SENTINELS).flatMap(([name, value]) =>
    spellings(value).some((spelling) => text.includes(spelling)) ? [name] : [],
  );
}

function spellings(value: string): string[] {
  const base64 = Buffer.from(value).toString('base64').replace(/=+$/, '');
  return [value, encodeURIComponent(value), JSON.stringify(value).slice(1, -1), base64];
}

/** Everything that a program left in its folder, but for what it was given. */
export function filesIn(folder: string, given: readonly string[]): { path: string; text: string }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !given.includes(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path, text: readFileSync(path, 'utf8') }));
}
