import type { HttpCall } from './http-call.ts';
import type { Behaviour } from './state.ts';

export type AnswerFormat = 'json' | 'xml';

/**
 * The form in which a call wants its answer. In the older scheme the parameter Format says it, and XML is the
 * default (documented). A call of the newer scheme is answered in JSON unless it asks for XML alone (inferred).
 */
export function answerFormat(
  { headers }: HttpCall,
  merged: Readonly<Record<string, string>>,
  defaultFormat: Behaviour['defaultFormat'],
): AnswerFormat {
  const written = (merged['Format'] ?? '').toLowerCase();
  if (written === 'json' || written === 'xml') return written;
  if (isOfOlderScheme(merged)) return defaultFormat;
  const accept = headers['accept'] ?? '';
  return accept.includes('xml') && !/json|\*|html/.test(accept) ? 'xml' : 'json';
}

/** Only that scheme carries its signature among the parameters. */
const isOfOlderScheme = (merged: Readonly<Record<string, string>>): boolean =>
  merged['Signature'] !== undefined || merged['SignatureVersion'] !== undefined;
