import { describe, expect, it } from 'vitest';
import { explain } from '../../src/job/explain/explain.ts';
import { findSubject } from '../../src/job/explain/find-subject.ts';
import { makePlan } from '../../src/job/make-plan.ts';
import type { Outlook } from '../../src/job/outlook.ts';
import { Stop } from '../../src/job/stop.ts';
import type { Ownership } from '../../src/model/manifest.ts';
import { renderExplanation } from '../../src/report/explain-text.ts';
import type { ExplainedItem } from '../../src/report/explanation.ts';
import {
  A,
  actualState,
  aggregator,
  B,
  C,
  contact,
  D,
  E,
  GONE,
  LISTED,
  MANAGEMENT,
  PAYMENTS,
  PROD,
  RD,
  read,
  resolve,
  SANDBOX,
  valueOf,
} from '../manifest/support.ts';
import { applySettings } from '../support/apply-settings.ts';

const STATE = actualState({
  contacts: [
    contact('c-Ops', 'Ops', [A, PROD, GONE]),
    contact('c-Some', 'Some', [D, E]),
    contact('c-Else', 'Else', [A]),
    contact('c-New', 'New', [RD], 'Verifying'),
  ],
  aggregators: [
    aggregator('ca-1', 'prod', [A, B, MANAGEMENT]),
    aggregator('ca-2', 'everything', [A, B, C, D, E, MANAGEMENT], 'RD'),
    aggregator('ca-3', 'other', [D]),
  ],
});

const MANIFEST = `version: 1
contacts:
- contact: Ops
  bind:
  - ${PAYMENTS}
  - tag:env=prod
  - ${B}
- contact: Some
  unbind: [${D}, ${C}]
aggregators:
- aggregator: prod
  accounts:
  - accounts-in:/Production/**
  except: [account:pay-1]
protected: ["${D}"]
`;

function outlook(text = MANIFEST, ownership: Ownership = 'listed'): Outlook {
  const manifest = valueOf(read('m.yaml', text));
  const desired = valueOf(resolve(text, STATE, { ...LISTED, ownership }));
  const { plan } = makePlan(desired, STATE, applySettings({ limits: LISTED.limits }), new Set());
  return { actual: STATE, foreseen: { manifest, desired, plan } };
}

const of = (wanted: string, look = outlook()) => explain(findSubject(wanted, STATE), look, null);

/** `owner member action: because [entries]`. */
const line = ({ owner, member, action, now, because, entries }: ExplainedItem): string =>
  `${owner.name} ${member.id} ${action ?? (now ? 'stays' : 'none')}: ${because} [${entries
    .map(({ ensure, selector, source }) => `${source.line} ${ensure} ${selector}`)
    .join(', ')}]`;

const NOT_WRITTEN = 'not written, and ownership listed removes what is not';

describe('explain', () => {
  it('tells of an account every line that expands to it, and everything that covers it', () => {
    expect(of(B).items.map(line)).toEqual([
      `New ${RD} stays: the manifest does not name this contact: unmanaged []`,
      `Ops ${PROD} unbind: ${NOT_WRITTEN} []`,
      `Ops ${PAYMENTS} bind: written, and not there [5 present ${PAYMENTS}]`,
      `Ops ${B} bind: written, and not there [6 present tag:env=prod, 7 present ${B}]`,
      `everything ${B} stays: Cloud Config chooses the members of a group of type RD []`,
      `prod ${B} remove-account: taken out by except, and ownership listed removes what is not written [13 present accounts-in:/Production/**, 14 except account:pay-1]`,
    ]);
  });

  it('tells of a contact what becomes of each of its targets', () => {
    expect(of('Ops').items.map(line).sort()).toEqual(
      [
        `Ops ${A} stays: as written [6 present tag:env=prod]`,
        `Ops ${B} bind: written, and not there [6 present tag:env=prod, 7 present ${B}]`,
        `Ops ${PAYMENTS} bind: written, and not there [5 present ${PAYMENTS}]`,
        `Ops ${PROD} unbind: ${NOT_WRITTEN} []`,
        `Ops ${GONE} stays: left the directory; it stays until a line says that it is absent []`,
      ].sort(),
    );
  });

  it('tells of a contact without bind that the rest of it is left alone', () => {
    expect(of('Some').items.map(line)).toEqual([
      `Some ${D} unbind: written as absent [9 absent ${D}]`,
      `Some ${C} none: written as absent, and not there [9 absent ${C}]`,
      `Some ${E} stays: the manifest does not say what this contact holds: the rest of it is unmanaged []`,
    ]);
  });

  it('tells of a group why its management account stays', () => {
    expect(of('prod').items.map(line)).toContain(
      `prod ${MANAGEMENT} stays: the management account stays until a line says that it is absent []`,
    );
  });

  it('tells that add-only removes nothing that is merely not written', () => {
    expect(of('c-Ops', outlook(MANIFEST, 'add-only')).items.map(line)).toContain(
      `Ops ${PROD} stays: not written, and ownership add-only removes only what is written as absent: unmanaged []`,
    );
  });

  it('tells that exclusive reaches contacts that are not named', () => {
    const exclusive = outlook(MANIFEST.replaceAll(/- contact: Some\n.*\n/g, ''), 'exclusive');
    expect(of('Else', exclusive).items.map(line)).toEqual([
      `Else ${A} unbind: the manifest does not name this contact, and ownership exclusive unbinds what it has []`,
    ]);
  });

  it('names the line of the owner, for what no line asks for', () => {
    const [item] = of('Ops').items.filter(({ action }) => action === 'unbind');
    expect(item?.owner.source).toEqual({ file: 'm.yaml', line: 3, column: 12 });
  });

  it('says whether each is there now and afterwards, in accord with the plan', () => {
    const { foreseen } = outlook();
    const items = ['Ops', 'Some', 'Else', 'New', 'prod', 'everything', 'other'].flatMap(
      (one) => of(one).items,
    );
    const changed = items.filter(({ now, after }) => now !== after);
    expect(changed.length).toBe(foreseen?.plan.changes.length);
    expect(changed.every(({ action }) => action !== null)).toBe(true);
  });

  it('tells of an account who reaches it before and after', () => {
    const coverage = of(A).coverage;
    expect(coverage?.before.contacts.map(({ name }) => name)).toEqual(['Else', 'Ops']);
    expect(coverage?.after?.contacts.find(({ name }) => name === 'Ops')?.via).toEqual([
      { type: 'account', id: A },
    ]);
  });

  it('tells which line protects it, and what the guard has against the plan', () => {
    const { protectedBy, guard } = of(D);
    expect(protectedBy.map(({ source }) => source.line)).toEqual([15]);
    expect(guard.map(({ rule }) => rule)).toEqual(['last-contact', 'protected']);
  });

  it('shows what is there without a manifest, and no reasons', () => {
    const { items, planned, coverage } = of(D, { actual: STATE, foreseen: undefined });
    expect(planned).toBe(false);
    expect(items.map(line)).toEqual([
      `New ${RD} stays:  []`,
      `Some ${D} stays:  []`,
      `everything ${D} stays:  []`,
      `other ${D} stays:  []`,
    ]);
    expect(coverage?.after).toBeNull();
    expect(items.every(({ after }) => after === null)).toBe(true);
  });

  it('does not let bindings of the directory concern what left it, or the management account', () => {
    expect(of(GONE).items.map(({ owner }) => owner.name)).toEqual(['Ops']);
    expect(of(GONE).subject).toMatchObject({ kind: 'account', gone: true });
    expect(of(MANAGEMENT).items.map(({ kind }) => kind)).toEqual(['aggregator', 'aggregator']);
  });

  it('tells of a folder the bindings of those above it', () => {
    expect(
      of('/Production/Payments')
        .items.map(({ member }) => member.id)
        .sort(),
    ).toEqual([PAYMENTS, PROD, RD].sort());
  });
});

describe('findSubject', () => {
  it.each([
    ['1738084522671234', 'account', A],
    [' shop ', 'account', A],
    ['account:shop', 'account', A],
    ['folder:/Sandbox', 'folder', SANDBOX],
    ['Payments', 'folder', PAYMENTS],
    ['directory', 'directory', RD],
    ['r-Wm8kQ2', 'directory', RD],
    ['management-account', 'account', MANAGEMENT],
    ['everything', 'aggregator', 'ca-2'],
    ['c-New', 'contact', 'c-New'],
  ])('takes %j for the %s %s', (wanted, kind, id) => {
    expect(findSubject(wanted, STATE)).toMatchObject({ kind, id });
  });

  it.each([
    ['1738084522671239', /account group "1738084522671239"; did you mean "1738084522671234"/],
    ['Opps', /did you mean "Ops"\?/],
    ['nothing like it', /check it, and which directory it belongs to/],
    ['twin', new RegExp(`"twin" is the name of account ${D}, account ${E}; write the id`)],
    ['x\u001b[2J', /x\\u001b\[2J/],
  ])('refuses %j with 65 and a way out', (wanted, message) => {
    const attempt = (): unknown => findSubject(wanted, STATE);
    expect(attempt).toThrow(message);
    expect(attempt).toThrow(expect.objectContaining({ name: Stop.name, exitCode: 65 }) as Error);
  });
});

describe('renderExplanation', () => {
  it('says what, why and from which line', () => {
    expect(renderExplanation(of(D), { color: false, width: 100 })).toBe(
      [
        `account twin (${D})`,
        '  /Sandbox/twin',
        '  the plan makes 1 change here',
        '',
        'contact New (c-New)  Verifying: reaches nobody',
        '  = stays   the whole directory: the manifest does not name this contact: unmanaged',
        '',
        'contact Some (c-Some)  named at m.yaml:8:12',
        '  - unbind  this account: written as absent',
        `              m.yaml:9:12  absent ${D}`,
        '',
        'account group everything (ca-2)',
        '  = stays   this account: Cloud Config chooses the members of a group of type RD',
        '',
        'account group other (ca-3)',
        '  = stays   this account: the manifest does not name this group: unmanaged',
        '',
        'protected: never unbound, never removed',
        `  m.yaml:15:13  protected ${D}`,
        '',
        'reached now',
        '  Some (directly): SecurityMessage',
        '  by nobody: ServiceMessage, FaultMessage, AccountExpenses, ActivityMessage, ProductMessage',
        'reached after the plan',
        '  by no contact',
        '',
        `the guard refuses the plan: last-contact: account ${D} would lose its last contact for SecurityMessage; bind another contact first, or pass --allow-uncovered 1 if this is meant`,
        `the guard refuses the plan: protected: ${D} is protected and would be removed from c-Some; add it there, or take it off the protected list`,
        '',
      ].join('\n'),
    );
  });

  it('says when the groups could not be read', () => {
    const explanation = explain(findSubject(A, STATE), outlook(), 'NoPermission');
    expect(renderExplanation(explanation, { color: false, width: 100 })).toContain(
      'account groups that the manifest does not name were not read (NoPermission)',
    );
  });
});
