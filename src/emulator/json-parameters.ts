import { parse, stringify } from 'lossless-json';

/**
 * The parameters in a JSON body: text as it is, numbers digit for digit, lists and objects as JSON text, which is
 * how the same parameters are spelled in a form.
 */
export function parametersFromJson(text: string): Record<string, string> {
  const body = parsed(text);
  if (typeof body !== 'object' || body === null) return {};
  const given = Object.entries(body).filter(([, value]) => value !== null);
  return Object.fromEntries(given.map(([name, value]) => [name, parameterText(value)]));
}

/** A body that cannot be read says nothing; the action then misses its parameters. */
function parsed(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}

function parameterText(value: unknown): string {
  return typeof value === 'string' ? value : (stringify(value) ?? '');
}
