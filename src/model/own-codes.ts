/** Codes of calls that no service refused: what came instead of a readable answer. In the README's table. */
export const OWN_CODES = {
  NoAnswer: 'no answer came in time',
  ConnectionLost: 'the connection broke before the answer was complete',
  Unreadable: 'an answer came that is not one of the service',
  ConnectionRefused: 'the endpoint refuses connections',
  NameNotFound: "the endpoint's name cannot be resolved",
  Unreachable: 'the network has no way to the endpoint',
  TlsRefused: "the endpoint's certificate was not accepted",
  ProxyRefused: 'the proxy on the way asks for a name and a password, or does not accept those that it got',
  CredentialsUnavailable: 'the credentials could not be renewed',
  Incomplete: 'the pages of a listing do not add up',
} as const;
