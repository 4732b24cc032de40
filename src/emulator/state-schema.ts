import { z } from 'zod';
import { DEFAULT_ACCOUNTS_PER_AGGREGATOR, DEFAULT_AGGREGATORS } from '../wire/cloud-config.ts';
import {
  CONTACT_STATUSES,
  DEFAULT_CONTACTS_PER_DIRECTORY,
  DEFAULT_TARGETS_PER_CONTACT,
  MAX_FOLDER_DEPTH,
  MAX_PAGE_SIZE,
  MESSAGE_TYPES,
  VERIFICATIONS_PER_DAY,
} from '../wire/resource-directory.ts';
import { faultSchema } from './fault.ts';
import { ID_FORMS, type IdKind } from './id-forms.ts';
import { flag, nonNegative, strict } from './schema-parts.ts';

const DEFAULT_LATENCY_MS = 10;
const DEFAULT_PENDING_MS = 2000;

/** Source: "RAM role overview", ram/user-guide/ram-role-overview. */
const ROLE_ARN = /^acs:ram::\d{16}:role\/[A-Za-z0-9.-]{1,64}$/;

const id = (kind: IdKind) => z.string().regex(ID_FORMS[kind].pattern, `expected ${ID_FORMS[kind].words}`);
const list = <T extends z.ZodType>(item: T) => z.array(item).default([]);

const target = z.string().regex(ID_FORMS.target.pattern, `expected ${ID_FORMS.target.words}`);

const instant = z.preprocess(
  (value) => (typeof value === 'string' && Number.isNaN(Number(value)) ? Date.parse(value) : value),
  nonNegative,
);

const aggregatorMember = z.preprocess(
  (value) => (typeof value === 'string' ? { id: value } : value),
  strict({ id: id('account'), name: z.string().optional() }),
);

const behaviour = strict({
  lockScope: z.enum(['directory', 'contact', 'none']).default('directory'),
  lockMs: nonNegative.optional(),
  latencyMs: nonNegative.default(DEFAULT_LATENCY_MS),
  pendingMs: nonNegative.default(DEFAULT_PENDING_MS),
  rebind: z.enum(['idempotent', 'strict']).default('idempotent'),
  unbindAbsent: z.enum(['idempotent', 'strict']).default('idempotent'),
  visibilityDelayMs: nonNegative.default(0),
  maxPageSize: nonNegative.refine((size) => size >= 1, 'expected 1 or more').default(MAX_PAGE_SIZE),
  directorySpelling: z.enum(['rd', 'r']).default('rd'),
  statusesThatBind: z.array(z.enum(CONTACT_STATUSES)).default(['Active']),
  verifySignature: flag.default(true),
  verification: z.enum(['by-hand', 'on-send', 'at-once']).default('by-hand'),
  contactDeletionMs: nonNegative.default(DEFAULT_PENDING_MS),
  folderUnbindMs: nonNegative.default(0),
  memberDeletion: z.enum(['Enabled', 'Disabled']).default('Disabled'),
  managementInGroups: flag.default(true),
  nestedFolders: flag.default(true),
  leaversLeaveGroups: flag.default(true),
  leaversStayBound: flag.default(true),
  unbindGone: z.enum(['refused', 'accepted']).default('refused'),
  memberFilter: z.enum(['exact', 'inherited']).default('exact'),
  largePages: z.enum(['capped', 'refused']).default('capped'),
  emptyGroupList: z.enum(['refused', 'applied']).default('refused'),
  smallLetterKeys: flag.default(true),
  formParameters: z.enum(['merged', 'ignored']).default('merged'),
  defaultFormat: z.enum(['xml', 'json']).default('xml'),
  now: instant.optional(),
});

const quotas = strict({
  targetsPerContact: nonNegative.default(DEFAULT_TARGETS_PER_CONTACT),
  contacts: nonNegative.default(DEFAULT_CONTACTS_PER_DIRECTORY),
  accountsPerAggregator: nonNegative.default(DEFAULT_ACCOUNTS_PER_AGGREGATOR),
  aggregators: nonNegative.default(DEFAULT_AGGREGATORS),
  accounts: nonNegative.optional(),
  folders: nonNegative.optional(),
  folderDepth: nonNegative.default(MAX_FOLDER_DEPTH),
  verificationsPerDay: nonNegative.default(VERIFICATIONS_PER_DAY),
  callsPerSecond: nonNegative.refine((rate) => rate >= 1, 'expected 1 or more').optional(),
});

/** The form of a state file; what refers to what is checked by `findStateProblems`. */
export const stateSchema = strict({
  directory: strict({
    id: id('directory'),
    rootFolderId: id('root'),
    managementAccount: strict({ id: id('account'), name: z.string().default('management') }),
  }),
  folders: list(
    strict({
      id: id('folder'),
      name: z.string(),
      parent: z.string().optional(),
      tags: z.record(z.string(), z.string()).optional(),
      created: instant.optional(),
    }),
  ),
  accounts: list(
    strict({
      id: id('account'),
      name: z.string(),
      folder: z.string().optional(),
      tags: z.record(z.string(), z.string()).default({}),
      status: z.string().default('CreateSuccess'),
      type: z.enum(['ResourceAccount', 'CloudAccount']).optional(),
      namePrefix: z.string().optional(),
      created: instant.optional(),
    }),
  ),
  contacts: list(
    strict({
      id: id('contact'),
      name: z.string(),
      email: z.string().default(''),
      phone: z.string().default(''),
      title: z.string().default('Other'),
      messageTypes: z.array(z.enum(MESSAGE_TYPES)).default([...MESSAGE_TYPES]),
      status: z.enum(CONTACT_STATUSES).default('Active'),
      members: list(target),
      unverified: strict({ email: z.string().optional(), phone: z.string().optional() }).optional(),
      created: instant.optional(),
    }),
  ),
  aggregators: list(
    strict({
      id: id('aggregator'),
      name: z.string(),
      description: z.string().default(''),
      type: z.enum(['CUSTOM', 'RD', 'FOLDER']).default('CUSTOM'),
      accounts: list(aggregatorMember),
      folders: list(id('folder')),
      builtIn: flag.optional(),
      created: instant.optional(),
    }),
  ),
  credentials: list(
    strict({
      accessKeyId: z.string().min(1),
      accessKeySecret: z.string().min(1),
      securityToken: z.string().min(1).optional(),
      deny: list(z.string()),
    }),
  ),
  roles: list(strict({ arn: z.string().regex(ROLE_ARN, 'expected acs:ram::<account id>:role/<name>') })),
  quotas: quotas.prefault({}),
  behaviour: behaviour.prefault({}),
  faults: list(faultSchema),
  seed: nonNegative.default(1),
});

export type WrittenState = z.output<typeof stateSchema>;
