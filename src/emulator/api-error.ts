import { findErrorCode } from '../wire/error-codes.ts';

interface OwnCode {
  readonly httpStatus: number;
  readonly message: string;
}

/** Codes that the table of `wire/` does not hold, because no correct call of its operations meets them. */
const OTHER_CODES: Readonly<Record<string, OwnCode>> = {
  'InvalidAction.NotFound': { httpStatus: 404, message: 'Specified api is not found.' },
  InvalidVersion: { httpStatus: 400, message: 'Specified parameter Version is not valid.' },
  'InvalidParameter.PageNumber': { httpStatus: 400, message: 'The PageNumber is invalid.' },
  'InvalidParameter.PageSize': { httpStatus: 400, message: 'The PageSize is invalid.' },
  'InvalidParameter.MaxResults': { httpStatus: 400, message: 'The MaxResults is invalid.' },
  'InvalidParameter.NextToken': { httpStatus: 400, message: 'The NextToken is invalid.' },
  'MissingParameter.MaxResults': { httpStatus: 400, message: 'You must specify MaxResults.' },
  'MissingParameter.AccountId': { httpStatus: 400, message: 'You must specify AccountId.' },
  'InvalidParameter.AccountId': { httpStatus: 400, message: 'The AccountId is invalid.' },
  'EntityNotExists.Account': { httpStatus: 404, message: 'The account does not exist.' },
  'Invalid.ClientToken.Value': { httpStatus: 400, message: 'The specified ClientToken is invalid.' },
  /** Documented for ECS and VPC; inferred for Cloud Config. */
  IdempotentParameterMismatch: {
    httpStatus: 400,
    message: 'The request uses the same client token as a previous, but non-identical request.',
  },
};

/** A refusal with the code, status and message of the services. */
export class ApiError extends Error {
  readonly code: string;
  readonly httpStatus: number;
  readonly headers: Readonly<Record<string, string>>;

  /**
   * @param detail  what exactly was wrong, after the documented message; never a secret
   * @throws Error  for a code that is in neither table: a defect of the emulator
   */
  constructor(code: string, detail?: string, headers: Readonly<Record<string, string>> = {}) {
    const known = findErrorCode(code) ?? OTHER_CODES[code];
    if (known === undefined) throw new Error(`the emulator knows no error code ${code}`);
    super(detail === undefined ? known.message : `${known.message} ${detail}`);
    this.name = 'ApiError';
    this.code = code;
    this.httpStatus = known.httpStatus;
    this.headers = headers;
  }
}

export const RETRY_AFTER_HEADER = 'x-acs-retry-after';
