import { isLosslessNumber } from 'lossless-json';

/** Names whose values open something. */
const SECRET_NAME = /secret|password|securitytoken|accesskeyid|signature|verificationcode|^AccessKey/i;
const EMAIL_NAME = /e?mail(address)?$/i;
const PHONE_NAME = /(phone|mobile)(number)?$/i;
/** An address anywhere in a text. Login names of accounts look like one and are none. */
const EMAIL = /[\w.+-]+@(?![\w.-]*\.aliyunid\.com)[\w-]+(\.[\w-]+)+/g;

/**
 * Replaces secrets by `***`, and every address and phone number by one that belongs to nobody: the same one each time,
 * numbered in the order in which they were met, so that a recorded call can be sent again.
 */
export class RecordScrubber {
  readonly #emails = new Map<string, string>();
  readonly #phones = new Map<string, string>();

  value(name: string, value: unknown): unknown {
    if (typeof value === 'string') return this.text(name, value);
    if (Array.isArray(value)) return value.map((item) => this.value(name, item));
    // A number that keeps its digits is an object too; it is left whole.
    if (typeof value !== 'object' || value === null || isLosslessNumber(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.value(key, item)]));
  }

  text(name: string, text: string): string {
    if (text === '') return text;
    if (SECRET_NAME.test(name)) return '***';
    if (PHONE_NAME.test(name)) return standIn(this.#phones, text, (n) => `86-1990000${padded(n)}`);
    if (EMAIL_NAME.test(name)) return this.#email(text);
    return text.includes('@') ? text.replace(EMAIL, (address) => this.#email(address)) : text;
  }

  /** Elements of an XML text, by their names. */
  xml(text: string): string {
    return text.replace(/<(\w+)>([^<]+)<\/\1>/g, (_, name: string, inner: string) => {
      return `<${name}>${this.text(name, inner)}</${name}>`;
    });
  }

  #email(address: string): string {
    return standIn(this.#emails, address, (n) => `person-${n}@example.com`);
  }
}

function standIn(known: Map<string, string>, value: string, make: (n: number) => string): string {
  const found = known.get(value) ?? make(known.size + 1);
  known.set(value, found);
  return found;
}

const padded = (n: number): string => String(n).padStart(4, '0');
