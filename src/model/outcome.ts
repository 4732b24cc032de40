/** What became of one change. Nothing in it is assumed: `applied` was acknowledged or seen. */
export type Outcome =
  /** A dry run. */
  | { readonly status: 'planned' }
  | ({ readonly status: 'applied' } & Effort)
  /** It was so before we could do it: someone else did, or an earlier run's late write landed. */
  | ({ readonly status: 'already'; readonly because: string; readonly code?: string } & Effort)
  | ({ readonly status: 'failed'; readonly code: string; readonly message: string } & Effort)
  /** Not carried out: never tried, or refused for the moment and given up before it was tried again. */
  | { readonly status: 'skipped'; readonly because: string }
  /** Sent, and neither its effect nor its absence could be seen. */
  | ({ readonly status: 'uncertain'; readonly code: string; readonly message: string } & Effort)
  /** Acknowledged by the service, and still not to be seen when patience ran out. */
  | ({ readonly status: 'not-visible'; readonly message: string } & Effort);

export interface Effort {
  /** From 1: calls sent that carried this change. */
  readonly attempts: number;
  /** From the first of them being sent to the last being answered. */
  readonly elapsedMs: number;
  /** Of the last answer that had one. */
  readonly requestId: string | undefined;
}
