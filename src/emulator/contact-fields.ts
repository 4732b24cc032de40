import { CONTACT_TITLES, MESSAGE_TYPES } from '../wire/resource-directory.ts';
import { ApiError } from './api-error.ts';
import type { OperationCall } from './operation.ts';
import { listParameter } from './parameters.ts';
import type { StoredContact } from './store.ts';

/** What a call says about a contact; undefined: nothing about that. */
export interface ContactFields {
  readonly name: string | undefined;
  readonly email: string | undefined;
  readonly phone: string | undefined;
  readonly title: string | undefined;
  readonly messageTypes: readonly string[] | undefined;
}

const NAME_LENGTH = { least: 2, most: 12 } as const;
/** English and Chinese letters, by the two languages' pages. */
const NAME = /^[A-Za-z\u3400-\u9fff]+$/u;
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const PHONE = /^(\d{1,4})-\d{4,15}$/;

/** @param self  the contact that is changed, whose own name is not taken. @throws ApiError */
export function readContactFields(call: OperationCall, self?: StoredContact): ContactFields {
  const { parameters } = call;
  const messageTypes = listParameter(parameters, 'MessageTypes');
  const fields = {
    name: given(parameters['Name']),
    email: given(parameters['EmailAddress']),
    phone: given(parameters['PhoneNumber']),
    title: given(parameters['Title']),
    messageTypes: messageTypes.length > 0 ? messageTypes : undefined,
  };
  if (fields.name !== undefined) checkName(fields.name, call, self);
  if (fields.email !== undefined) checkEmail(fields.email);
  if (fields.phone !== undefined) checkPhone(fields.phone);
  if (fields.title !== undefined && !isOneOf(CONTACT_TITLES, fields.title)) {
    throw new ApiError('InvalidParameter.Title');
  }
  if (fields.messageTypes !== undefined) checkTypes(fields.messageTypes);
  return fields;
}

const given = (text: string | undefined): string | undefined => (text === '' ? undefined : text);

function checkName(name: string, { store }: OperationCall, self: StoredContact | undefined): void {
  if (!NAME.test(name)) throw new ApiError('InvalidParameter.Name');
  if (name.length < NAME_LENGTH.least || name.length > NAME_LENGTH.most) {
    throw new ApiError('InvalidParameter.Name.Length');
  }
  const isTaken = [...store.contacts.values()].some((other) => other !== self && other.about.name === name);
  if (isTaken) throw new ApiError('InvalidParameter.Name.AlreadyUsed');
}

export function checkEmail(email: string): void {
  if (!EMAIL.test(email)) throw new ApiError('InvalidParameter.EmailAddress');
}

/** Only numbers of the Chinese mainland are taken (documented). */
export function checkPhone(phone: string): void {
  const country = PHONE.exec(phone)?.[1];
  if (country === undefined) throw new ApiError('InvalidParameter.PhoneNumber');
  if (country !== '86') throw new ApiError('InvalidParameter.MobileCountryCode');
}

function checkTypes(types: readonly string[]): void {
  const isFine = types.every((type) => isOneOf(MESSAGE_TYPES, type)) && new Set(types).size === types.length;
  if (!isFine) throw new ApiError('InvalidParameter.MessageTypes');
}

const isOneOf = (known: readonly string[], text: string): boolean => known.includes(text);
