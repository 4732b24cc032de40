import type { AnswerFormat } from './answer-format.ts';
import type { Parameters } from './operation.ts';

/** One call as the services see it, after the gateway has taken it apart. */
export interface EmulatedRequest {
  readonly action: string;
  readonly version: string;
  /** Query and form, merged; without the parameters of the signature. */
  readonly parameters: Parameters;
  /** The form of the answer; left out: JSON. */
  readonly format?: AnswerFormat | undefined;
  /** Who signed it; its `deny` list applies. Undefined: a caller who may do everything. */
  readonly accessKeyId?: string | undefined;
}

/** What reaches the client, and how many milliseconds after the call arrived. */
export type Delivery =
  | {
      readonly kind: 'answer';
      readonly afterMs: number;
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
    }
  /** The connection is reset. */
  | { readonly kind: 'reset'; readonly afterMs: number }
  /** Nothing ever comes; the connection stays open. */
  | { readonly kind: 'silence' };
