// Both patterns are bounded, so that no text makes them slow.
const EMAIL = /[\p{L}\p{N}._%+-]{1,64}(?:@|%40)[\p{L}\p{N}.-]{1,255}\.\p{L}{2,24}/gu;

/**
 * `86-13900001111` as the service writes it, `+86 139 0000 1111`, or a bare mobile number of China.
 * The edges keep it off ids, digests and times, which are longer runs of digits and letters.
 */
const PHONE =
  /(?<![\w.-])(?:\+\d[\d -]{6,16}\d|\d{1,3}-\d{7,14}|1[3-9]\d{9}|1[3-9]\d\*{4}\d{4}|\d{1,3}-1[3-9]\d\*{4}\d{4})(?![\w-])/g;

export const maskEmails = (text: string): string => text.replace(EMAIL, '[e-mail]');

/** For texts that may quote a contact's data: its name, and messages that come from elsewhere. */
export const maskPersonalData = (text: string): string => maskEmails(text).replace(PHONE, '[phone number]');
