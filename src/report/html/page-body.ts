import { h } from 'preact';
import type { Report, ReportTarget } from '../report-schema.ts';
import { displayText } from '../scrub.ts';
import { attentionItems, attentionList } from './attention.ts';
import { causeTable } from './cause-table.ts';
import { changeGroups } from './change-groups.ts';
import { changeTable } from './change-table.ts';
import { coverageSection } from './coverage-section.ts';
import { figures, gravestFirst, pageHead, targetTable } from './overview.ts';
import type { Html } from './plain-table.ts';
import { problemTable, runFacts, targetFacts } from './run-details.ts';
import { timelineSection } from './timeline-section.ts';

/** A piece of the page with a heading, to which the list at its top leads. */
interface Section {
  readonly anchor: string;
  readonly title: string;
  readonly content: Html;
}

/** Of more directories than these the table alone leads to each. */
const MOST_LINKS = 8;

/** The first screen, then what changes, then every directory in its order of gravity. */
export function pageBody(report: Report): Html {
  const sections = sectionsOf(report).filter(({ content }) => content !== undefined);
  const anchors = [...anchorsOf(report.targets).values()];
  const few = anchors.length <= MOST_LINKS;
  return [
    h('a', { class: 'skip', href: '#main' }, 'Skip to what needs a person'),
    PATTERNS,
    pageHead(report),
    navigation(sections.filter(({ anchor }) => few || !anchors.includes(anchor))),
    h('main', { id: 'main' }, [figures(report), ...sections.map(section)]),
  ];
}

function sectionsOf(report: Report): Section[] {
  const { targets } = report;
  const anchors = anchorsOf(targets);
  const directories = targetTable(report, (target) => anchors.get(target) ?? '');
  const [groups, ...own] = ownSections(report);
  return [
    { anchor: 'attention', title: 'What needs a person', content: attention(report) },
    { anchor: 'directories', title: 'Directories', content: directories },
    ...(groups === undefined ? [] : [groups]),
    { anchor: 'changes', title: 'All changes', content: changeTable(report) },
    { anchor: 'causes', title: 'Why changes are not as planned', content: causeTable(report) },
    ...own,
    ...(targets.length > 1 ? namedTargets(report) : []),
    { anchor: 'run', title: 'Run', content: runFacts(report) },
  ];
}

function attention(report: Report): Html {
  const pending = report.run.result === 'drift';
  const calm = pending ? 'Nothing stands in the way; the changes wait to be applied.' : 'Nothing.';
  return attentionList(attentionItems(report), calm);
}

/** Those of the directory where there is only one: they stand among the shared ones. */
function ownSections(report: Report): Section[] {
  const [only] = report.targets;
  return report.targets.length === 1 && only !== undefined ? targetSections(report, only, 'directory') : [];
}

/** The changes come first. */
function targetSections({ run }: Report, target: ReportTarget, anchor: string): Section[] {
  const groups = target.changes.length === 0 ? undefined : changeGroups(target);
  return [
    { anchor: `${anchor}-groups`, title: 'Changes by contact and account group', content: groups },
    { anchor: `${anchor}-coverage`, title: 'Coverage', content: coverageSection(target, run.mode, anchor) },
    {
      anchor: `${anchor}-calls`,
      title: 'Timeline of calls',
      content: timelineSection(target, run.startedAt),
    },
    { anchor: `${anchor}-problems`, title: 'Problems', content: problemTable(target) },
    { anchor: `${anchor}-facts`, title: 'Directory and plan', content: targetFacts(target) },
  ];
}

function namedTargets(report: Report): Section[] {
  const anchors = anchorsOf(report.targets);
  return gravestFirst(report.targets).map((target) => {
    const anchor = anchors.get(target) ?? '';
    const own = targetSections(report, target, anchor).filter(({ content }) => content !== undefined);
    const content = own.map(({ title, content: inner, anchor: id }) =>
      h('section', { id, 'aria-labelledby': `${id}-title` }, [h('h3', { id: `${id}-title` }, title), inner]),
    );
    return { anchor, title: `Directory ${displayText(target.name)}`, content };
  });
}

const anchorsOf = (targets: Report['targets']): ReadonlyMap<ReportTarget, string> =>
  new Map(targets.map((target, index) => [target, `directory-${index + 1}`]));

const section = ({ anchor, title, content }: Section): Html =>
  h('section', { id: anchor, class: 'card', 'aria-labelledby': `${anchor}-title` }, [
    h('h2', { id: `${anchor}-title` }, title),
    content,
  ]);

const navigation = (sections: readonly Section[]): Html =>
  h(
    'nav',
    { 'aria-label': 'Sections' },
    h(
      'ul',
      null,
      sections.map(({ anchor, title }) => h('li', null, h('a', { href: `#${anchor}` }, title))),
    ),
  );

/** What fills bars that colour alone would not tell apart. */
const PATTERNS: Html = h(
  'svg',
  { class: 'unseen', width: 0, height: 0, 'aria-hidden': 'true' },
  h('defs', null, [
    h('pattern', { id: 'stripes', width: 5, height: 5, patternUnits: 'userSpaceOnUse' }, [
      h('rect', { class: 'ground', width: 5, height: 5 }),
      h('path', { class: 'stripe warn', d: 'M-1 6L6 -1M-1 1L1 -1M4 6L6 4' }),
    ]),
    h('pattern', { id: 'crosses', width: 5, height: 5, patternUnits: 'userSpaceOnUse' }, [
      h('rect', { class: 'ground', width: 5, height: 5 }),
      h('path', { class: 'stripe bad', d: 'M0 0L5 5M5 0L0 5' }),
    ]),
  ]),
);
