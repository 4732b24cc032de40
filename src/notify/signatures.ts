import { createHmac } from 'node:crypto';

/**
 * Key is the secret, text is the timestamp in milliseconds, a line break and the secret; at most an hour old.
 * Source: DingTalk, "Custom robot security settings", open.dingtalk.com/document/robots/customize-robot-security-settings
 * @returns base64, not yet escaped for an address
 */
export const signForDingtalk = (timestampMs: number, secret: string): string =>
  createHmac('sha256', secret).update(`${timestampMs}\n${secret}`).digest('base64');

/**
 * Key is the timestamp in seconds, a line break and the secret; the text is empty; at most an hour old.
 * Source: Feishu, "Custom bot guide", open.feishu.cn/document/client-docs/bot-v3/add-custom-bot
 */
export const signForFeishu = (timestampS: number, secret: string): string =>
  createHmac('sha256', `${timestampS}\n${secret}`).update('').digest('base64');

/**
 * Key is the secret, text is the timestamp in seconds, a full stop and the body as it is sent. The receiver
 * computes the same, compares in constant time and refuses old timestamps.
 */
export const signForWebhook = (timestampS: number, body: string, secret: string): string =>
  `sha256=${createHmac('sha256', secret).update(`${timestampS}.${body}`).digest('hex')}`;
