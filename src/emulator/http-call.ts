/** One HTTP request, read to its end. */
export interface HttpCall {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

const FORM_TYPE = 'application/x-www-form-urlencoded';

/** What signs a call of the older scheme travels among the parameters; it is no parameter of the action. */
const COMMON_PARAMETERS = new Set([
  'Action',
  'Version',
  'Format',
  'Timestamp',
  'SignatureNonce',
  'SignatureMethod',
  'SignatureVersion',
  'SignatureType',
  'AccessKeyId',
  'SecurityToken',
  'Signature',
]);

/** Query and form together: the gateway presumably merges them (inferred from what the official clients send). */
export function mergedParameters(call: HttpCall): Record<string, string> {
  const merged = Object.fromEntries(call.query);
  if (!(call.headers['content-type'] ?? '').startsWith(FORM_TYPE)) return merged;
  return { ...merged, ...Object.fromEntries(new URLSearchParams(call.body.toString())) };
}

export function actionParameters(merged: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(merged).filter(([name]) => !COMMON_PARAMETERS.has(name)));
}
