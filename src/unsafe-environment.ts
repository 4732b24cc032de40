type Environment = Readonly<Record<string, string | undefined>>;

/** Modules of Node that print requests with their headers, or whole sockets, when NODE_DEBUG names them. */
const PRINTS_REQUESTS = /\*|^_?(?:https?|http2|net|tls|stream)/i;

/**
 * What Node does at the environment's word, past every option of this program, and cannot be told not to once it runs.
 * @returns why the program does not start, a line each
 */
export const unsafeEnvironment = (env: Environment): readonly string[] => [
  ...printedRequests(env),
  ...uncheckedServers(env),
];

function printedRequests({ NODE_DEBUG }: Environment): readonly string[] {
  const modules = (NODE_DEBUG ?? '').split(',').map((name) => name.trim());
  const telling = modules.filter((name) => PRINTS_REQUESTS.test(name));
  if (telling.length === 0) return [];
  return [
    `NODE_DEBUG=${telling.join(',')} would print requests with their keys and tokens; unset it, and use --log-level trace`,
  ];
}

const uncheckedServers = ({ NODE_TLS_REJECT_UNAUTHORIZED }: Environment): readonly string[] =>
  NODE_TLS_REJECT_UNAUTHORIZED === '0'
    ? [
        'NODE_TLS_REJECT_UNAUTHORIZED=0 would send keys to a server that nobody has checked; unset it, and name a certificate authority of your own in NODE_EXTRA_CA_CERTS',
      ]
    : [];
