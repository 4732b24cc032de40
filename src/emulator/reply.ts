import type { AnswerFormat } from './answer-format.ts';
import type { ApiError } from './api-error.ts';
import { xmlBody } from './xml-body.ts';

/** An answer before it is known whether and when it reaches the client. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The error code, for the log. */
  readonly code?: string | undefined;
}

const JSON_TYPE = 'application/json;charset=utf-8';
const XML_TYPE = 'text/xml;charset=utf-8';
const HTML_TYPE = 'text/html';

export function success(body: object, requestId: string): Reply {
  return {
    status: 200,
    headers: headersFor(requestId, JSON_TYPE),
    body: jsonText({ RequestId: requestId, ...body }),
  };
}

export function refusal(error: ApiError, requestId: string): Reply {
  return failure(error.code, error.httpStatus, error.message, requestId, error.headers);
}

export function failure(
  code: string,
  status: number,
  message: string,
  requestId: string,
  headers: Readonly<Record<string, string>> = {},
): Reply {
  const body = {
    Code: code,
    Message: message,
    RequestId: requestId,
    HostId: '127.0.0.1',
    Recommend: `https://api.aliyun.com/troubleshoot?q=${encodeURIComponent(code)}&requestId=${requestId}`,
  };
  return {
    status,
    headers: { ...headersFor(requestId, JSON_TYPE), ...headers },
    body: JSON.stringify(body),
    code,
  };
}

/** The same answer in the form that the call wants; what is no JSON stays as it is. */
export function inFormat(reply: Reply, format: AnswerFormat | undefined, action: string): Reply {
  if (format !== 'xml' || reply.headers['content-type'] !== JSON_TYPE) return reply;
  const root = reply.status < 300 ? `${action}Response` : 'Error';
  return {
    ...reply,
    headers: { ...reply.headers, 'content-type': XML_TYPE },
    body: xmlBody(reply.body, root),
  };
}

export const empty = (status: number, requestId: string): Reply => ({
  status,
  headers: headersFor(requestId, undefined),
  body: '',
});

export const html = (status: number, title: string, requestId: string): Reply => ({
  status,
  headers: headersFor(requestId, HTML_TYPE),
  body: `<html>\r\n<head><title>${title}</title></head>\r\n<body><center><h1>${title}</h1></center></body>\r\n</html>\r\n`,
});

function headersFor(requestId: string, type: string | undefined): Record<string, string> {
  return { 'x-acs-request-id': requestId, ...(type === undefined ? {} : { 'content-type': type }) };
}

/**
 * JSON in which lossless numbers keep their digits. The library's own writer takes several times as long, and a page
 * of accounts is what is read most. The pattern cannot stand in a text: quotes are escaped there.
 */
const jsonText = (body: object): string =>
  JSON.stringify(body).replaceAll(/\{"value":"(\d+)","isLosslessNumber":true\}/g, '$1');
