import { ApiError } from './api-error.ts';
import { found, type OperationCall, type OperationResult } from './operation.ts';

/** AssumeRole page: 15 minutes to the role's longest session, which is an hour unless the role says otherwise. */
const SESSION_SECONDS = { least: 900, usual: 3600, most: 43_200 } as const;
/** "RAM role overview". */
const ROLE_ARN = /^acs:ram::(\d{16}):role\/([A-Za-z0-9.-]{1,64})$/;
const SESSION_NAME = /^[A-Za-z0-9.@_-]{2,64}$/;
const USER_ID = '200000000000000001';
const ROLE_ID = '300000000000000001';

/** A user of the management account, or the role that gave out the key. */
export function getCallerIdentity({ store, keys, caller }: OperationCall): OperationResult {
  const { id } = store.tree.directory.managementAccount;
  const session = keys.find(caller ?? '')?.session;
  if (session === undefined) {
    return found({
      IdentityType: 'RAMUser',
      AccountId: id,
      PrincipalId: USER_ID,
      UserId: USER_ID,
      Arn: `acs:ram::${id}:user/emulator`,
    });
  }
  const { account, role, name } = session;
  return found({
    IdentityType: 'AssumedRoleUser',
    AccountId: account,
    PrincipalId: `${ROLE_ID}:${name}`,
    RoleId: ROLE_ID,
    Arn: `acs:ram::${account}:assumed-role/${role}/${name}`,
  });
}

/**
 * Any key of the process may assume any role of its states: trust policies are not emulated.
 * The key that it gives acts in the directory whose state has the role.
 */
export function assumeRole({ parameters, store, keys, now }: OperationCall): OperationResult {
  const arn = parameters['RoleArn'] ?? '';
  const name = parameters['RoleSessionName'] ?? '';
  const [, account, role] = ROLE_ARN.exec(arn) ?? [];
  if (account === undefined || role === undefined) throw new ApiError('InvalidParameter.RoleArn');
  if (!SESSION_NAME.test(name)) throw new ApiError('InvalidParameter.RoleSessionName');
  const expiresAt = now + sessionSeconds(parameters['DurationSeconds'] ?? '') * 1000;
  const directoryId = keys.directoryOfRole(arn);
  if (directoryId === undefined) throw new ApiError('NoPermission.AssumeRole');
  const { letters } = store.freshIds;
  const credential = {
    accessKeyId: `STS.${letters(25)}`,
    accessKeySecret: letters(44),
    securityToken: letters(120),
    deny: [],
  };
  keys.handOut({ credential, directoryId, expiresAt, session: { account, role, name } });
  return found({
    Credentials: {
      AccessKeyId: credential.accessKeyId,
      AccessKeySecret: credential.accessKeySecret,
      SecurityToken: credential.securityToken,
      Expiration: new Date(expiresAt).toISOString().replace(/\.\d+Z$/, 'Z'),
    },
    AssumedRoleUser: { Arn: `${arn}/${name}`, AssumedRoleId: `${ROLE_ID}:${name}` },
  });
}

function sessionSeconds(text: string): number {
  if (text === '') return SESSION_SECONDS.usual;
  const seconds = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (seconds < SESSION_SECONDS.least || seconds > SESSION_SECONDS.most) {
    throw new ApiError('InvalidParameter.DurationSeconds');
  }
  return seconds;
}
