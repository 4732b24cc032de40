import type { NotificationType } from './notification.ts';

/** What came back; `body` is its beginning. */
export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** Where each chat says whether it took a message; it answers 200 either way. */
const CODE_FIELDS: Readonly<Record<NotificationType, readonly string[]>> = {
  // {"errcode":310000,"errmsg":"sign not match"} (open.dingtalk.com/document/orgapp/custom-robots-send-group-messages)
  dingtalk: ['errcode'],
  // {"code":19021,"msg":"sign match fail..."}; older ones answer StatusCode (open.feishu.cn/document/client-docs/bot-v3/add-custom-bot)
  feishu: ['code', 'StatusCode'],
  // {"errcode":93000,"errmsg":"invalid webhook url"} (developer.work.weixin.qq.com/document/path/91770)
  wecom: ['errcode'],
  slack: [],
  webhook: [],
};

/** @returns undefined when the message was taken; otherwise a code, and never what the answer says in words */
export function refusalIn(type: NotificationType, { status, body }: Answer): string | undefined {
  if (status < 200 || status > 299) return `HTTP ${status}`;
  const fields = CODE_FIELDS[type];
  if (fields.length === 0) return undefined;
  const code = codeIn(body, fields);
  if (code === undefined) return 'an answer that cannot be read';
  return code === 0 ? undefined : `code ${code}`;
}

function codeIn(body: string, fields: readonly string[]): number | undefined {
  const answer = parsed(body);
  return fields.map((field) => answer[field]).find((code) => typeof code === 'number');
}

function parsed(body: string): Readonly<Record<string, unknown>> {
  try {
    const answer: unknown = JSON.parse(body);
    return typeof answer === 'object' && answer !== null ? { ...answer } : {};
  } catch {
    return {};
  }
}
