import { classifyErrorCode, type ErrorClass } from '../wire/error-codes.ts';
import type { ReportProblem } from './report-schema.ts';

const WRONG_SIGNATURE = 'check the secret, the access key and the clock';

const BY_CODE: ReadonlyMap<string, string> = new Map([
  ['LimitExceeded.ContactMembers', 'a contact takes 10 targets; bind a folder, or use a second contact'],
  ['QuotaExceeded.Members', 'a contact takes 10 targets; bind a folder, or use a second contact'],
  ['ContactStatusMismatchAction', 'the contact must be verified first; ask its owner to open the message'],
  ['EntityNotExists.Contact', 'the contact is gone; create it again, or take it out of the manifest'],
  [
    'InvalidMember',
    'no member of the directory, says the service; run again, and if that stays so take it out of the manifest',
  ],
  ['AggregatorAccountExceedMaxCount', 'an account group takes 200 accounts; divide it'],
  ['AggregatorAccountListDuplicated', 'another account group has the same list; change one of them'],
  ['ConnectionRefused', 'nothing listens there; check the endpoint and the network'],
  ['NameNotFound', 'the host name has no address; check the endpoint and the network'],
  ['Unreachable', 'check the endpoint and the network'],
  ['TlsRefused', 'check the endpoint, and whether a proxy stands before it'],
  ['SignatureDoesNotMatch', WRONG_SIGNATURE],
  ['IncompleteSignature', WRONG_SIGNATURE],
  ['InvalidAccessKeyId.NotFound', 'check the access key: it may be deleted, or belong to the other --site'],
  ['InvalidAccessKeyId.Inactive', 'enable the access key, or use another'],
  ['InvalidSecurityToken.Expired', 'get new temporary credentials'],
  ['InvalidSecurityToken.Malformed', 'check that token, access key and secret were issued together'],
  ['InvalidTimeStamp.Expired', 'set the clock of this machine'],
  [
    'ProxyRefused',
    'write the name and the password of the proxy into HTTPS_PROXY (http://NAME:PASSWORD@HOST:PORT), or the host into NO_PROXY',
  ],
  ['CredentialsUnavailable', 'check the role or the profile that the credentials come from'],
  ['Incomplete', 'the listing does not add up; run again when nobody changes the directory'],
]);

const BY_CLASS: Readonly<Record<ErrorClass, string>> = {
  conflict: 'another program may be writing to this directory; run again later',
  pending: 'the account group still works on an earlier update; run again later',
  throttled: 'the service limits the calls; run again later, or with a lower --concurrency',
  'unknown-effect': 'run again: it reads first and does only what is missing',
  'member-refused': 'check that the account or folder is in the directory',
  'owner-refused': 'check the contact or the account group in the console',
  defect: 'please report this as a bug, with the report file',
  permission: 'grant the caller the action that was refused',
  credentials: 'check the credentials, which account they belong to, and the clock',
};

/** Failed calls that ended the run; the message of each begins with the error code. */
const ENDED_BY_A_CALL: readonly string[] = ['denied', 'cloud-unreadable'];

/** What a person can do about a failure. Codes that nobody knows get the advice of their class. */
export const remedyFor = (code: string): string =>
  BY_CODE.get(code) ?? BY_CLASS[classifyErrorCode(code, undefined)];

/** The same for a problem; undefined where its message says it already. */
export function remedyForProblem({ code, message }: ReportProblem): string | undefined {
  if (!ENDED_BY_A_CALL.includes(code)) return undefined;
  const [, refusal] = /^([\w.-]+): /.exec(message) ?? [];
  return refusal === undefined ? undefined : remedyFor(refusal);
}
