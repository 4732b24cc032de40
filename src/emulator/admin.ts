import { adminRefusal } from './admin-guard.ts';
import type { EmulatedCloud } from './emulated-cloud.ts';
import type { Gateway } from './gateway.ts';
import type { HttpCall } from './http-call.ts';
import { overviewOf } from './overview.ts';
import { page, pageScript, pageStyle } from './page.ts';
import type { Reply } from './reply.ts';
import { StateFileError } from './state-file.ts';
import { writeStates } from './write-states.ts';

const PREFIX = '/_emulator/';

export const isAdminCall = (call: HttpCall): boolean => call.path.startsWith(PREFIX);

/** What the admin calls look at and change. */
export interface Premises {
  readonly gateway: Gateway;
  /** Undefined: no file was named for it. */
  readonly save: ((text: string) => Promise<void>) | undefined;
}

interface AdminCall extends Premises {
  readonly call: HttpCall;
  readonly cloud: EmulatedCloud;
  /** Undefined: none was named, so the first one is looked at, and all are reset. */
  readonly directoryId: string | undefined;
}

type Answer = Reply | Promise<Reply>;

const ROUTES = new Map<string, (call: AdminCall) => Answer>([
  ['GET ', () => page()],
  ['GET page.js', () => pageScript()],
  ['GET page.css', () => pageStyle()],
  [
    'GET overview',
    ({ gateway, cloud, call }) => json(200, overviewOf(gateway, cloud, Number(call.query.get('after')))),
  ],
  ['GET state', ({ cloud }) => json(200, cloud.snapshot())],
  ['GET calls', ({ cloud }) => json(200, cloud.calls())],
  ['POST faults', addFaults],
  ['POST reset', reset],
  ['POST save', saveState],
]);

/** Looks at the emulator and changes it, past the services. `?directory=RD` picks one of several directories. */
export async function answerAdmin(call: HttpCall, premises: Premises): Promise<Reply> {
  const refused = adminRefusal(call);
  if (refused !== undefined) return json(403, { error: refused });
  const directoryId = call.query.get('directory') ?? undefined;
  const cloud = premises.gateway.cloudOf(directoryId);
  if (cloud === undefined) return unknownDirectory(directoryId ?? '', premises.gateway);
  const route = ROUTES.get(`${call.method} ${call.path.slice(PREFIX.length)}`);
  return route?.({ ...premises, call, cloud, directoryId }) ?? json(404, { error: `expected ${KNOWN}` });
}

const KNOWN = [...ROUTES.keys()].map((route) => route.replace(' ', ` ${PREFIX}`)).join(', ');

function unknownDirectory(directoryId: string, { directoryIds }: Gateway): Reply {
  const known = directoryIds.slice(0, MOST_NAMED).join(', ');
  const more = directoryIds.length > MOST_NAMED ? ` and ${directoryIds.length - MOST_NAMED} more` : '';
  return json(404, { error: `there is no directory "${directoryId}"; there are ${known}${more}` });
}

const MOST_NAMED = 5;

function addFaults({ call, cloud }: AdminCall): Reply {
  try {
    const written: unknown = JSON.parse(call.body.toString());
    cloud.addFaults(written);
    return json(200, { added: Array.isArray(written) ? written.length : 1 });
  } catch (error) {
    if (error instanceof StateFileError) return json(400, { error: error.message });
    if (error instanceof SyntaxError) return json(400, { error: 'the body is not JSON' });
    throw error;
  }
}

function reset({ gateway, cloud, directoryId }: AdminCall): Reply {
  if (directoryId === undefined) gateway.reset();
  else cloud.reset();
  return json(200, { reset: true });
}

async function saveState({ gateway, save }: AdminCall): Promise<Reply> {
  if (save === undefined) {
    return json(409, { error: 'no file to save to was named; start the emulator with --save FILE' });
  }
  try {
    await save(writeStates(gateway.presentStates()));
    return json(200, { saved: true });
  } catch (error) {
    const { code = 'not known why' } = error as NodeJS.ErrnoException;
    return json(500, { error: `the file that --save names cannot be written (${code}); look at its folder` });
  }
}

const json = (status: number, value: unknown): Reply => ({
  status,
  headers: { 'content-type': 'application/json;charset=utf-8' },
  body: JSON.stringify(value, undefined, 2),
});
