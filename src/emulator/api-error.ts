import { findErrorCode } from '../wire/error-codes.ts';
import { findOwnCode } from './own-codes.ts';

/** A refusal with the code, status and message of the services. */
export class ApiError extends Error {
  readonly code: string;
  readonly httpStatus: number;
  readonly headers: Readonly<Record<string, string>>;

  /**
   * @param code  a code of `wire/error-codes.ts`, or a key of `own-codes.ts`
   * @param detail  what exactly was wrong, after the documented message; never a secret
   * @throws Error  for a code that is in neither table: a defect of the emulator
   */
  constructor(code: string, detail?: string, headers: Readonly<Record<string, string>> = {}) {
    const own = findOwnCode(code);
    const known = own ?? findErrorCode(code);
    if (known === undefined) throw new Error(`the emulator knows no error code ${code}`);
    super(detail === undefined ? known.message : `${known.message} ${detail}`);
    this.name = 'ApiError';
    this.code = own?.sentAs ?? code;
    this.httpStatus = known.httpStatus;
    this.headers = headers;
  }
}

export const RETRY_AFTER_HEADER = 'x-acs-retry-after';
