import { answerFormat } from './answer-format.ts';
import type { EmulatedRequest } from './emulated-request.ts';
import { actionParameters, type HttpCall, mergedParameters } from './http-call.ts';
import { findAction } from './operations.ts';
import type { Behaviour } from './state.ts';

/** What a call asks for, wherever it says it: in headers, in the query, or in its body. */
export function requestOf(
  call: HttpCall,
  { formParameters, defaultFormat }: Pick<Behaviour, 'formParameters' | 'defaultFormat'>,
): EmulatedRequest {
  const merged = mergedParameters(call);
  const action = called(call, merged, 'x-acs-action', 'Action');
  const own =
    formParameters === 'ignored' && readsQueryOnly(action) ? mergedParameters(call, 'ignored') : merged;
  return {
    action,
    version: called(call, merged, 'x-acs-version', 'Version'),
    parameters: actionParameters(own),
    format: answerFormat(call, merged, defaultFormat),
  };
}

/** A signature of the older scheme covers parameters and no headers, so there the parameter counts. */
function called(
  { headers }: HttpCall,
  merged: Readonly<Record<string, string>>,
  header: string,
  parameter: string,
): string {
  const inHeader = headers[header];
  const inParameters = merged[parameter];
  return (headers['authorization'] === undefined ? inParameters : inHeader) ?? inHeader ?? inParameters ?? '';
}

/** The metadata puts the parameters of Resource Directory into the query, those of Cloud Config's writes into the form. */
const readsQueryOnly = (action: string): boolean =>
  findAction(action)?.service.product === 'ResourceDirectoryMaster';
