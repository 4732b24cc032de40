import { parametersFromJson } from './json-parameters.ts';

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
const JSON_TYPE = 'application/json';

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

/**
 * Query and body together: the gateway presumably merges them (inferred from what the official clients send).
 * @param form  whether what a form or a JSON body says counts
 */
export function mergedParameters(
  call: HttpCall,
  form: 'merged' | 'ignored' = 'merged',
): Record<string, string> {
  const merged = Object.fromEntries(call.query);
  return form === 'ignored' ? merged : { ...merged, ...bodyParameters(call) };
}

export function actionParameters(merged: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(merged).filter(([name]) => !COMMON_PARAMETERS.has(name)));
}

function bodyParameters({ headers, body }: HttpCall): Record<string, string> {
  const type = headers['content-type'] ?? '';
  if (type.startsWith(FORM_TYPE)) return Object.fromEntries(new URLSearchParams(body.toString()));
  return type.startsWith(JSON_TYPE) ? parametersFromJson(body.toString()) : {};
}
