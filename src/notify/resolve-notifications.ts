import type { Notification, Occasion, WrittenNotification } from './notification.ts';

export type ResolvedNotifications =
  | { readonly ok: true; readonly value: readonly Notification[] }
  | { readonly ok: false; readonly problems: readonly NotificationProblem[] };

/** What is wrong, and where in the job file: `['notify', 0, 'url']`. Values never stand in the message. */
export interface NotificationProblem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

type Environment = Readonly<Record<string, string | undefined>>;
type Field = { readonly value: string | undefined } | { readonly problem: string };

const ALWAYS: readonly Occasion[] = ['changed', 'failed'];
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** Takes the values from the environment; all problems at once. */
export function resolveNotifications(
  written: readonly WrittenNotification[],
  environment: Environment,
): ResolvedNotifications {
  const problems: NotificationProblem[] = [];
  const value = written.map((notification, index) => {
    const take = (name: 'url' | 'secret'): string | undefined => {
      const field = fieldOf(name, notification[name], environment);
      if ('value' in field) return field.value;
      problems.push({ path: ['notify', index, name], message: field.problem });
      return undefined;
    };
    const { type, when = ALWAYS } = notification;
    return { type, url: take('url') ?? '', secret: take('secret'), when };
  });
  return problems.length === 0 ? { ok: true, value } : { ok: false, problems };
}

/** Every text that must be kept out of logs: whole addresses, and the parts of them that hold tokens. */
export const secretsOf = (notifications: readonly Notification[]): readonly string[] =>
  notifications.flatMap(({ url, secret }) => {
    const { pathname, search, searchParams } = new URL(url);
    const parts = [url, `${pathname}${search}`, pathname.split('/').at(-1) ?? '', ...searchParams.values()];
    return [...parts, ...(secret === undefined ? [] : [secret])].filter((part) => part.length > 6);
  });

function fieldOf(name: 'url' | 'secret', written: string | undefined, environment: Environment): Field {
  if (written === undefined) return { value: undefined };
  const [, variable] = /^env:(\w+)$/.exec(written) ?? [];
  if (variable === undefined)
    return { problem: `${name} is not of the form env:NAME; put the value into the environment` };
  const value = environment[variable];
  if (value === undefined || value === '')
    return { problem: `the environment variable ${variable} is not set; set it to the ${name}` };
  const problem = name === 'url' ? addressProblem(value) : undefined;
  return problem === undefined ? { value } : { problem: `the ${name} in ${variable} ${problem}` };
}

function addressProblem(text: string): string | undefined {
  if (!URL.canParse(text)) return 'is not an address; copy the whole address of the webhook';
  const { protocol, hostname } = new URL(text);
  if (protocol === 'https:' || (protocol === 'http:' && LOOPBACK.test(hostname))) return undefined;
  return protocol === 'http:'
    ? 'is not encrypted; http is for loopback hosts only, use https'
    : 'is not an address of https; copy the whole address of the webhook';
}
