import { parse, stringify } from 'lossless-json';
import type { Delivery } from './emulated-request.ts';
import type { ReceivedCall } from './gateway.ts';
import { RecordScrubber } from './scrub-record.ts';

/**
 * Makes a line of JSON of every call: `{n, at, directory, action, version, parameters, outcome, status, answer}`.
 * `at` is milliseconds since 1970, `outcome` answer, reset or silence; `status` and `answer` are null without an answer,
 * and `answer` is the JSON of the body, digit for digit, or its text when it is none. Who signed is not in it, nor are
 * headers, secrets, addresses and phone numbers (`RecordScrubber`).
 */
export class CallRecorder {
  readonly #scrubber = new RecordScrubber();
  #count = 0;

  /** @returns without the line end */
  line({ at, directoryId, request, delivery }: ReceivedCall): string {
    this.#count += 1;
    const { action, version, parameters } = request;
    const line = {
      n: this.#count,
      at,
      directory: directoryId,
      action,
      version,
      parameters: this.#scrubber.value('', parameters),
      outcome: delivery.kind,
      status: delivery.kind === 'answer' ? delivery.status : null,
      answer: this.#answer(delivery),
    };
    return stringify(line) ?? '';
  }

  #answer(delivery: Delivery): unknown {
    if (delivery.kind !== 'answer') return null;
    const { body } = delivery;
    if (body.startsWith('<')) return this.#scrubber.xml(body);
    try {
      return this.#scrubber.value('', parse(body));
    } catch {
      // Cut off by a fault: not to be read, so not to be scrubbed either.
      return { unreadable: body.length };
    }
  }
}
