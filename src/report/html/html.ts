import { h } from 'preact';
import { renderToStaticMarkup } from 'preact-render-to-string';
import type { Report } from '../report-schema.ts';

/** The run as one self-contained page that asks the network for nothing. */
export function renderHtml(report: Report): string {
  const page = h('html', { lang: 'en' }, h('body', null, h('h1', null, report.run.result)));
  return `<!doctype html>\n${renderToStaticMarkup(page)}\n`;
}
