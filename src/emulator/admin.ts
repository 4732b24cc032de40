import type { EmulatedCloud } from './emulated-cloud.ts';
import type { Gateway } from './gateway.ts';
import type { HttpCall } from './http-call.ts';
import type { Reply } from './reply.ts';
import { StateFileError } from './state-file.ts';

const PREFIX = '/_emulator/';

export const isAdminCall = (call: HttpCall): boolean => call.path.startsWith(PREFIX);

/** Looks at the emulator and changes it, past the services. `?directory=RD` picks one of several directories. */
export function answerAdmin(call: HttpCall, gateway: Gateway): Reply {
  const directoryId = call.query.get('directory') ?? undefined;
  const cloud = gateway.cloudOf(directoryId);
  if (cloud === undefined) return unknownDirectory(directoryId ?? '', gateway);
  switch (`${call.method} ${call.path.slice(PREFIX.length)}`) {
    case 'GET state':
      return json(200, cloud.snapshot());
    case 'GET calls':
      return json(200, cloud.calls());
    case 'POST faults':
      return addFaults(call, cloud);
    case 'POST reset':
      if (directoryId === undefined) gateway.reset();
      else cloud.reset();
      return json(200, { reset: true });
    default:
      return json(404, {
        error:
          'expected GET /_emulator/state, GET /_emulator/calls, POST /_emulator/faults or POST /_emulator/reset',
      });
  }
}

function unknownDirectory(directoryId: string, { directoryIds }: Gateway): Reply {
  const known = directoryIds.slice(0, MOST_NAMED).join(', ');
  const more = directoryIds.length > MOST_NAMED ? ` and ${directoryIds.length - MOST_NAMED} more` : '';
  return json(404, { error: `there is no directory "${directoryId}"; there are ${known}${more}` });
}

const MOST_NAMED = 5;

function addFaults(call: HttpCall, cloud: EmulatedCloud): Reply {
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

const json = (status: number, value: unknown): Reply => ({
  status,
  headers: { 'content-type': 'application/json;charset=utf-8' },
  body: JSON.stringify(value, undefined, 2),
});
