/** The group chats and programs that can be told of a run. */
export type NotificationType = 'dingtalk' | 'feishu' | 'wecom' | 'slack' | 'webhook';
export type Occasion = 'changed' | 'failed';

/** As a job file says it: url and secret are `env:NAME`. */
export interface WrittenNotification {
  readonly type: NotificationType;
  readonly url: string;
  readonly secret?: string | undefined;
  readonly when?: readonly Occasion[] | undefined;
}

/** With its values from the environment. Both are secrets: the address of a chat holds its token. */
export interface Notification {
  readonly type: NotificationType;
  readonly url: string;
  readonly secret: string | undefined;
  readonly when: readonly Occasion[];
}
