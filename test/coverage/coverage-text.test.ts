import { describe, expect, it } from 'vitest';
import { coverageRows } from '../../src/report/coverage-rows.ts';
import { renderCoverage } from '../../src/report/coverage-text.ts';
import { textWidth } from '../../src/report/text-width.ts';
import { accountId, bind, unbind } from '../support/world.ts';
import { text, view } from './world.ts';

const plain = { color: false, width: 120 };
const after = view([bind('c-Sec', 4), unbind('c-Ops', 'fd-Shop')]);

describe('coverageRows', () => {
  it('keeps everything where there is no after', () => {
    const turns = coverageRows(view()).flatMap(({ ways }) => ways.map(({ turn }) => turn));
    expect(new Set(turns)).toEqual(new Set(['kept']));
  });

  it('says of every way and type what the plan does to it', () => {
    const rows = coverageRows(view(), after);
    const web = rows.find(({ name }) => name === 'shop-web');
    expect(web?.ways.map(({ via, turn }) => [via.type, turn])).toEqual([
      ['account', 'kept'],
      ['folder', 'lost'],
    ]);
    expect(web?.types.map(({ turn }) => turn)).toEqual([
      'kept',
      'kept',
      'missing',
      'missing',
      'missing',
      'missing',
    ]);
    const lonely = rows.find(({ name }) => name === 'lonely');
    expect(lonely).toMatchObject({ folder: '/', reached: true });
    expect(lonely?.types[3]).toEqual({ type: 'SecurityMessage', turn: 'gained' });
    expect(rows.find(({ name }) => name === 'shop-db')?.reached).toBe(false);
  });
});

describe('renderCoverage', () => {
  it('shows the unreached first, then the folders', () => {
    expect(renderCoverage(text(), plain)).toBe(
      [
        'rd-3mNq8W: 3 of 4 accounts reached by a contact',
        '',
        'REACHED BY NO CONTACT: 1 account',
        `! ${accountId(4)}  /lonely`,
        '',
        '/Shop                          Svc Flt Exp Sec Act Prd',
        '  all: Ops (/Shop)',
        `  ${accountId(2)}  shop-db    x   x   .   .   .   .`,
        `  ${accountId(1)}  shop-web   x   x   .   .   .   .    Ops (directly)`,
        '',
        '/Shop/Test                     Svc Flt Exp Sec Act Prd',
        `  ${accountId(3)}  shop-test  x   x   .   x   .   .    Ops (/Shop), Sec (directly)`,
        '',
        'x brought, . brought by nobody. Svc service, Flt fault, Exp expenses, Sec security, Act activity, Prd product messages.',
        'Only Active contacts reach anybody; not counted: New (Verifying).',
        'The management account is not listed: contacts cannot be bound to it.',
        '',
      ].join('\n'),
    );
  });

  it('marks what the plan gains and loses, and who is left without', () => {
    const lines = renderCoverage(text({ after, refusedBy: ['last-contact'] }), plain).split('\n');
    expect(lines.slice(0, 12)).toEqual([
      'rd-3mNq8W: 3 of 4 accounts reached by a contact now, 3 after the plan',
      '',
      'REACHED BY NO CONTACT AFTER THE PLAN: 1 account',
      `! ${accountId(2)}  /Shop/shop-db`,
      '      -Ops (/Shop)',
      '',
      '/                              Svc Flt Exp Sec Act Prd',
      `  ${accountId(4)}  lonely     .   .   .   +   .   .    +Sec (directly)`,
      '',
      '/Shop                          Svc Flt Exp Sec Act Prd',
      `  ${accountId(1)}  shop-web   x   x   .   .   .   .    Ops (directly), -Ops (/Shop)`,
      '',
    ]);
    expect(lines).toContain('The guard would refuse this plan: last-contact.');
  });

  it('stands out without colour, and only underlines with it', () => {
    const colored = renderCoverage(text(), { color: true, width: 120 });
    expect(colored).toContain('\u001b[31mREACHED BY NO CONTACT: 1 account\u001b[39m');
    expect(colored.replaceAll(/\u001b\[\d+m/g, '')).toBe(renderCoverage(text(), plain));
  });

  it.each([40, 50, 63, 64, 80, 100])('keeps within %d columns', (width) => {
    const lines = renderCoverage(text({ after }), { color: false, width }).split('\n');
    expect(lines.filter((line) => textWidth(line) > width)).toEqual([]);
  });

  it('says in words what a narrow terminal has no table for', () => {
    const lines = renderCoverage(text({ after }), { color: false, width: 50 }).split('\n');
    const at = lines.indexOf(`  ${accountId(4)}  lonely`);
    expect(lines[at + 1]).toBe('      no Svc, no Flt, no Exp, +Sec, no Act,');
  });

  it('shows a name that would move the cursor as what it is', () => {
    const before = {
      ...view(),
      accounts: view().accounts.map((one) => ({ ...one, name: '\u001b[2J', path: '/\u001b[2J' })),
    };
    const shown = renderCoverage(text({ before }), plain);
    expect(shown).not.toContain('\u001b');
    expect(shown).toContain('\\u001b[2J');
  });
});
