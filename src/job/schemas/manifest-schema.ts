/**
 * JSON Schema (draft 7, which editors read) of a YAML manifest. It speaks of one file and of its form alone:
 * what only shows across lines, files or in the directory is the reader's to find. Where a spelling is read with
 * a note (full-width digits, invisible characters), the schema is the stricter one, so that an editor marks it.
 */

type JsonSchema = Readonly<Record<string, unknown>>;

/** Folder names from Root down: none is blank, none has a star. */
const PATH = '(?:/[^/*]*[^/*\\s][^/*]*)+';

/** Every spelling of a member, without the spaces around it. */
const FORMS = {
  account: '\\d{16}',
  folder: 'fd-[A-Za-z0-9]+',
  'folder by name': `folder:\\s*(?:fd-[A-Za-z0-9]+|${PATH})`,
  directory: 'directory|(?:rd|r)-[A-Za-z0-9]+',
  'account by name': 'account:\\s*(?!\\d{12,}\\s*$)\\S[\\s\\S]*',
  'accounts in a folder': `accounts-in:\\s*(?:(?:(?:fd|r)-[A-Za-z0-9]+|${PATH}|/)(?:/\\*\\*)?|/\\*\\*)`,
  tag: 'tag:\\s*[^=\\s][^=]*=[\\s\\S]*',
  'all accounts': 'all-accounts',
  'management account': 'management-account',
} as const;

type Form = keyof typeof FORMS;

const ACCOUNTS: readonly Form[] = [
  'account',
  'account by name',
  'accounts in a folder',
  'tag',
  'all accounts',
];
const TARGETS: readonly Form[] = ['folder', 'folder by name', 'directory'];
const MANAGEMENT: readonly Form[] = ['management account'];

/** An id that is not quoted is a number to an editor; the reader takes its digits. */
const sixteenDigits = { type: 'integer', minimum: 1e15, maximum: 1e16 };

function member(description: string, forms: readonly Form[]): JsonSchema {
  const pattern = `^\\s*(?:${forms.map((form) => FORMS[form]).join('|')})\\s*$`;
  return { description, anyOf: [{ type: 'string', pattern }, sixteenDigits] };
}

/** The id or the unique name of one kind of owner: never an id of another kind, a masked id or an e-mail address. */
function owner(noun: string, otherId: string): JsonSchema {
  const others = `(?:\\d{16}|(?:fd|rd|r|${otherId})-[A-Za-z0-9]+)`;
  const masked = '(?:[\\d*]*\\*[\\d*]*|(?:fd|rd|r|ca|c)-[A-Za-z0-9*]*\\*[A-Za-z0-9*]*)';
  return {
    description: `Id or unique name of the ${noun}.`,
    anyOf: [
      { type: 'string', pattern: `^(?!\\s*(?:${others}|${masked}|[^\\s@]+@[^\\s@]+)\\s*$)\\s*\\S` },
      { type: 'number', not: sixteenDigits },
      { type: 'boolean' },
    ],
  };
}

const list = (description: string, items: JsonSchema): JsonSchema => ({ description, type: 'array', items });
const ref = (name: string): JsonSchema => ({ $ref: `#/definitions/${name}` });

const allowEmpty = {
  description: 'Lets the owner end up with nothing, and selectors match nothing.',
  enum: [true, false, 'true', 'false'],
};
const isEmptyAllowed = { required: ['allowEmpty'], properties: { allowEmpty: { enum: [true, 'true'] } } };

const contact = {
  type: 'object',
  additionalProperties: false,
  required: ['contact'],
  properties: {
    contact: owner('contact', 'ca'),
    bind: list('What it is bound to. Left out: what it has is left alone.', ref('target')),
    unbind: list('What it must not be bound to.', ref('target')),
    except: list('Accounts taken out of what selectors match.', ref('account')),
    allowEmpty,
  },
  if: { not: isEmptyAllowed },
  then: { properties: { bind: { type: 'array', minItems: 1 } } },
};

const aggregator = {
  type: 'object',
  additionalProperties: false,
  required: ['aggregator'],
  properties: {
    aggregator: owner('account group', 'c'),
    accounts: {
      ...list('Its members. Left out: what it has is left alone.', ref('groupMember')),
      minItems: 1,
    },
    remove: list('What must not be a member.', ref('groupMember')),
    except: list('Accounts taken out of what selectors match.', ref('account')),
    allowEmpty,
  },
};

const groupMember = {
  description: 'An account, or an account with the display name to send with it.',
  anyOf: [
    ref('account'),
    {
      type: 'object',
      additionalProperties: false,
      required: ['id'],
      properties: { id: ref('account'), name: { type: ['string', 'number', 'boolean'] } },
    },
  ],
};

export const MANIFEST_JSON_SCHEMA: JsonSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'rd-reconcile manifest',
  type: 'object',
  additionalProperties: false,
  required: ['version'],
  properties: {
    version: { description: 'Version of this format.', enum: [1, '1'] },
    directory: {
      description: 'Tenant pin: stop when the credentials belong to another resource directory.',
      type: 'string',
      pattern: '^\\s*rd-[A-Za-z0-9]+\\s*$',
    },
    ownership: {
      description:
        'What is removed: what is written as absent; also what a named owner has and is not written; also what contacts have that are not named.',
      type: 'string',
      pattern: '^\\s*(?:add-only|listed|exclusive)\\s*$',
    },
    contacts: list('Message contacts and what they are bound to.', ref('contact')),
    aggregators: list('Account groups of Cloud Config and their members.', ref('aggregator')),
    protected: list('Never unbound, never removed.', ref('anything')),
  },
  definitions: {
    contact,
    aggregator,
    groupMember,
    target: member('An account, a folder, the directory, or a selector of accounts.', [
      ...ACCOUNTS,
      ...TARGETS,
    ]),
    account: member('An account, or a selector of accounts.', [...ACCOUNTS, ...MANAGEMENT]),
    anything: member('An account, a folder, the directory, or a selector of accounts.', [
      ...ACCOUNTS,
      ...TARGETS,
      ...MANAGEMENT,
    ]),
  },
};
