/** A code that the table of `wire/` does not hold, because the job meets none of them. */
export interface OwnCode {
  readonly httpStatus: number;
  readonly message: string;
  /** The code as it is sent, where it differs from its key here. */
  readonly sentAs?: string;
}

const code = (httpStatus: number, message: string, sentAs?: string): OwnCode =>
  sentAs === undefined ? { httpStatus, message } : { httpStatus, message, sentAs };

/** Error tables of the reference pages that carry these actions' names. */
const DOCUMENTED: Readonly<Record<string, OwnCode>> = {
  // The gateway ("Public error codes" of several products)
  'InvalidAction.NotFound': code(404, 'Specified api is not found.'),
  InvalidVersion: code(400, 'Specified parameter Version is not valid.'),
  UnsupportedHTTPMethod: code(400, 'This http method is not supported.'),
  'InvalidTimeStamp.Format': code(400, 'Specified time stamp or date value is not well formatted.'),
  MissingSecurityToken: code(400, 'SecurityToken is mandatory for this action.'),

  // AddMessageContact, SendEmailVerificationForMessageContact, CancelMessageContactUpdate
  'MissingParameter.Name': code(400, 'You must specify Name.'),
  'InvalidParameter.Name': code(400, 'The Name is invalid.'),
  'InvalidParameter.Name.Length': code(400, 'The Name exceeds the length limit.'),
  'InvalidParameter.Name.AlreadyUsed': code(400, 'The Name already exists. Please change to another name.'),
  'MissingParameter.EmailAddress': code(400, 'You must specify EmailAddress.'),
  'InvalidParameter.EmailAddress': code(400, 'The EmailAddress is invalid.'),
  'InvalidParameter.PhoneNumber': code(400, 'The PhoneNumber is invalid.'),
  'InvalidParameter.MobileCountryCode': code(400, 'The current site does not support the country code.'),
  'EntityNotExists.Contact.Verification': code(404, 'This contact verification does not exist.'),
  SendValidateCodeExceedsLimitForAccount: code(
    409,
    'For the same account, the number of verification codes sent exceeds the limit.',
  ),

  // CreateFolder, UpdateFolder, DeleteFolder
  'MissingParameter.Folder.Name': code(400, 'You must specify the resource folder name.'),
  'InvalidParameter.Folder.Name': code(400, 'The Name of folder is invalid.'),
  'InvalidParameter.Folder.Name.Length': code(400, 'The Name of folder exceeds the length limit.'),
  'InvalidParameter.Folder.Name.AlreadyUsed': code(
    400,
    'The name already exists under the same parent. Please change to another name.',
  ),
  'LimitExceeded.Folder.Depth': code(409, 'The folder depth exceeds the limit of 5.'),
  'QuotaExceeded.Folder.Count': code(409, 'The number of folders exceeds the quota.'),
  'DeleteConflict.Folder.SubFolder': code(409, 'This folder has sub folders.'),
  'DeleteConflict.Folder.Account': code(409, 'This folder has accounts.'),

  // GetAccount, CreateResourceAccount, UpdateAccount, MoveAccount, CheckAccountDelete, DeleteAccount
  'MissingParameter.AccountId': code(400, 'You must specify AccountId.'),
  'InvalidParameter.AccountId': code(400, 'The AccountId is invalid.'),
  'EntityNotExists.Account': code(404, 'This resource directory account does not exist.'),
  'MissingParameter.Account.DisplayName': code(400, 'You must specify DisplayName.'),
  'InvalidParameter.Account.DisplayName': code(400, 'The DisplayName of account is invalid.'),
  'InvalidParameter.Account.DisplayName.Length': code(
    400,
    'The DisplayName of the account exceeds the length limit.',
  ),
  'InvalidParameter.Account.DisplayName.AlreadyUsed': code(409, 'The displayname of account has been used.'),
  'InvalidParameter.Account.AccountNamePrefix': code(400, 'The account name prefix is invalid.'),
  'InvalidParameter.Account.AccountNamePrefix.Length': code(
    400,
    'The account name prefix exceeds the length limit.',
  ),
  'LimitExceeded.Account': code(
    409,
    'The maximum number of member accounts in a resource directory exceeds the limit.',
  ),
  MissingDisplayNameOrAccountType: code(409, 'Either display name or account type must be specified.'),
  'MissingParameter.DestinationFolderId': code(400, 'You must specify DestinationFolderId.'),
  'InvalidParameter.DestinationFolderId': code(400, 'The DestinationFolderId is invalid.'),
  AccountTypeOrStatusMismatch: code(409, 'You cannot perform the action on the member account.'),
  'NoLicense.ResourceDirectory': code(409, 'The resource directory has not enabled the delete operation.'),

  // CreateAggregator
  AggregatorExceedMaxCount: code(400, 'The maximum number of aggregator is exceeded.'),

  // AssumeRole
  'InvalidParameter.RoleArn': code(400, 'The parameter RoleArn is wrongly formed.'),
  'InvalidParameter.RoleSessionName': code(400, 'The parameter RoleSessionName is wrongly formed.'),
  'InvalidParameter.DurationSeconds': code(400, 'The Min/Max value of DurationSeconds is 15min/1hr.'),
  'NoPermission.AssumeRole': code(
    403,
    'You are not authorized to do this action. You should be authorized by RAM.',
    'NoPermission',
  ),
};

/** Inferred: what these refusals are called is not documented; the names follow those of their neighbours. */
const INFERRED: Readonly<Record<string, OwnCode>> = {
  'InvalidParameter.PageNumber': code(400, 'The PageNumber is invalid.'),
  'InvalidParameter.PageSize': code(400, 'The PageSize is invalid.'),
  'InvalidParameter.MaxResults': code(400, 'The MaxResults is invalid.'),
  'InvalidParameter.NextToken': code(400, 'The NextToken is invalid.'),
  'MissingParameter.MaxResults': code(400, 'You must specify MaxResults.'),
  'MissingParameter.Title': code(400, 'You must specify Title.'),
  'InvalidParameter.Title': code(400, 'The Title is invalid.'),
  'MissingParameter.MessageTypes': code(400, 'You must specify MessageTypes.'),
  'InvalidParameter.MessageTypes': code(400, 'The MessageTypes is invalid.'),
  'MissingParameter.PhoneNumber': code(400, 'You must specify PhoneNumber.'),
  'LimitExceeded.Contact': code(409, 'The maximum number of contacts exceeds the limit.'),
  'MissingParameter.ChildId': code(400, 'You must specify ChildId.'),
  'InvalidParameter.ChildId': code(400, 'The ChildId is invalid.'),
  'MissingParameter.ResourceType': code(400, 'You must specify ResourceType.'),
  'InvalidParameter.ResourceType': code(400, 'The ResourceType is invalid.'),
  'MissingParameter.ResourceId': code(400, 'You must specify ResourceId.'),
  'InvalidParameter.ResourceId': code(400, 'The ResourceId is invalid.'),
  'MissingParameter.Tag': code(400, 'You must specify Tag.'),
  'InvalidParameter.Tag': code(400, 'The Tag is invalid.'),
  'InvalidParameter.AccountType': code(400, 'The account type is invalid.'),
  'Invalid.AggregatorName.Empty': code(400, 'You must specify AggregatorName.'),
  'Invalid.AggregatorIds.Empty': code(400, 'You must specify AggregatorIds.'),
  'Invalid.AggregatorType.Value': code(400, 'The specified AggregatorType is invalid.'),
  'Invalid.FolderId.Empty': code(400, 'You must specify FolderId.'),
  'Invalid.FolderId.Value': code(400, 'The specified FolderId is invalid.'),
  'Invalid.ClientToken.Value': code(400, 'The specified ClientToken is invalid.'),
  // Documented for ECS and VPC, not for Cloud Config.
  IdempotentParameterMismatch: code(
    400,
    'The request uses the same client token as a previous, but non-identical request.',
  ),
};

const OWN_CODES: Readonly<Record<string, OwnCode>> = { ...DOCUMENTED, ...INFERRED };

export const findOwnCode = (key: string): OwnCode | undefined => OWN_CODES[key];
