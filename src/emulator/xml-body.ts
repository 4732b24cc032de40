import { isLosslessNumber, parse, stringify } from 'lossless-json';
import { create } from 'xmlbuilder2';

/** What XML 1.0 cannot hold: most control characters, and halves of surrogate pairs. */
const UNFIT = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/**
 * A JSON answer as the XML that the gateway gives for it: the items of a list are repeated elements of the list's
 * name (samples of the reference pages), an empty list is an empty element (inferred).
 * @param root  `<Action>Response`, or `Error`
 */
export function xmlBody(json: string, root: string): string {
  return create({ version: '1.0', encoding: 'UTF-8' }, { [root]: fit(parse(json)) }).end();
}

function fit(value: unknown): unknown {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.length === 0 ? '' : value.map(fit);
  if (typeof value === 'string') return value.replaceAll(UNFIT, '\ufffd');
  if (typeof value !== 'object' || isLosslessNumber(value)) return stringify(value);
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, fit(item)]));
}
