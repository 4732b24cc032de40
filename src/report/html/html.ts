import { createHash } from 'node:crypto';
import { h } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { Report } from '../report-schema.ts';
import { displayText } from '../scrub.ts';
import { pageBody } from './page-body.ts';
import { PAGE_SCRIPT } from './page-script.ts';
import { PAGE_STYLE } from './page-style.ts';
import type { Html } from './plain-table.ts';

/**
 * The run as one page that holds all it needs: it asks the network for nothing, and could not if it wanted to.
 * Everything in it comes from the report; what was cut out of the page for its size is said where it is cut.
 */
export function renderHtml(report: Report): string {
  const page = h('html', { lang: 'en' }, [
    head(report),
    h('body', null, [pageBody(report), inline('script', PAGE_SCRIPT)]),
  ]);
  return `<!doctype html>\n${renderToString(page)}\n`;
}

function head({ tool, run }: Report): Html {
  return h('head', null, [
    h('meta', { charset: 'utf-8' }),
    h('meta', { 'http-equiv': 'Content-Security-Policy', content: POLICY }),
    h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    h('meta', { name: 'color-scheme', content: 'light dark' }),
    h('meta', { name: 'referrer', content: 'no-referrer' }),
    h('meta', { name: 'robots', content: 'noindex' }),
    h('title', null, `${displayText(tool.name)} ${run.mode}: ${run.result} (exit code ${run.exitCode})`),
    inline('style', PAGE_STYLE),
  ]);
}

const inline = (tag: 'style' | 'script', text: string): Html =>
  h(tag, { dangerouslySetInnerHTML: { __html: text } });

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Nothing may run or be loaded but the one style and the one script of this page. */
const POLICY = [
  "default-src 'none'",
  `style-src ${hashOf(PAGE_STYLE)}`,
  `script-src ${hashOf(PAGE_SCRIPT)}`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');
