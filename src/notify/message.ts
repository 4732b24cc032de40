import type { Report } from '../report/report-schema.ts';
import { cutLines } from './cut-lines.ts';
import type { Notice } from './notice.ts';
import type { Notification, NotificationType } from './notification.ts';
import { signForDingtalk, signForFeishu, signForWebhook } from './signatures.ts';
import { webhookBody } from './webhook-body.ts';

/** One request, ready to be sent. */
export interface Message {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What a message is made of. Every chat gets plain text: nothing in a name can be a mention, a link or a tag. */
export interface Material {
  readonly report: Report;
  readonly notice: Notice;
  readonly notification: Notification;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** DingTalk takes 20,000 bytes a message (open.dingtalk.com/document/orgapp/custom-robots-send-group-messages). */
const DINGTALK_BYTES = 18_000;
/** Feishu takes 20 KB a request (open.feishu.cn/document/client-docs/bot-v3/add-custom-bot). */
const FEISHU_BYTES = 16_000;
/** WeCom takes 2,048 bytes of text (developer.work.weixin.qq.com/document/path/91770). */
const WECOM_BYTES = 2048;
/** Slack advises to stay below 4,000 characters, and cuts at 40,000 (api.slack.com/changelog/2018-04-truncating-really-long-messages). */
const SLACK_BYTES = 3900;

export const messageFor = (material: Material): Message => MAKERS[material.notification.type](material);

const MAKERS: Readonly<Record<NotificationType, (material: Material) => Message>> = {
  dingtalk: ({ notice, notification: { url, secret }, now }) => {
    const address = new URL(url);
    if (secret !== undefined) {
      address.searchParams.set('timestamp', String(now));
      address.searchParams.set('sign', signForDingtalk(now, secret));
    }
    const content = textOf(notice, DINGTALK_BYTES);
    return json(address.href, { msgtype: 'text', text: { content }, at: { isAtAll: false } });
  },
  // Of the rich text only pieces of text are used: in them a tag is text, in a text message it could be a mention.
  feishu: ({ notice, notification: { url, secret }, now }) => {
    const seconds = Math.floor(now / 1000);
    const signed =
      secret === undefined ? {} : { timestamp: String(seconds), sign: signForFeishu(seconds, secret) };
    // Each line has some forty bytes of form around it.
    const lines = cutLines(notice.lines, FEISHU_BYTES).split('\n');
    const content = lines.map((text) => [{ tag: 'text', text }]);
    const post = { zh_cn: { title: notice.title, content } };
    return json(url, { ...signed, msg_type: 'post', content: { post } });
  },
  // `<@userid>` would be a mention; WeCom names no way to write the mark as text.
  wecom: ({ notice, notification: { url } }) => {
    const content = textOf(notice, WECOM_BYTES, (line) => line.replaceAll('<', '＜').replaceAll('>', '＞'));
    return json(url, { msgtype: 'text', text: { content } });
  },
  // Three characters are written as entities, as api.slack.com/reference/surfaces/formatting says.
  slack: ({ notice, notification: { url } }) => {
    const text = textOf(notice, SLACK_BYTES, (line) =>
      line.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
    );
    return json(url, { text, mrkdwn: false, unfurl_links: false });
  },
  webhook: ({ report, notice, notification: { url, secret }, now }) => {
    const seconds = Math.floor(now / 1000);
    const message = json(url, webhookBody(report, notice));
    if (secret === undefined) return message;
    const signed = {
      'x-rd-reconcile-timestamp': String(seconds),
      'x-rd-reconcile-signature': signForWebhook(seconds, message.body, secret),
    };
    return { ...message, headers: { ...message.headers, ...signed } };
  },
};

const textOf = (
  { title, lines }: Notice,
  mostBytes: number,
  shape: (line: string) => string = (line) => line,
): string => cutLines([title, ...lines].map(shape), mostBytes);

const json = (url: string, body: object): Message => ({
  url,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: JSON.stringify(body),
});
