import { describe, expect, it } from 'vitest';
import type { Fault } from '../../src/emulator/fault.ts';
import { FaultBook } from '../../src/emulator/fault-book.ts';
import { faultsFrom } from '../../src/emulator/state-file.ts';
import { accountsText, harness, membersParameters } from './harness.ts';
import { BIG, CUSTOM, FINANCE, LEDGER, PAYMENTS, SANDBOX, SECOPS } from './world.ts';

const bind = membersParameters(FINANCE, [LEDGER, BIG, SANDBOX]);
const withFault = (fault: Record<string, unknown>) => harness({ faults: [fault] });

describe('a fault that refuses', () => {
  it.each([
    ['throttling', 400, 'Throttling.User'],
    ['conflict', 429, 'ConcurrentCallNotSupported'],
    ['pending', 400, 'AggregatorAlreadyPending'],
    ['unavailable', 503, 'ServiceUnavailable'],
    ['internal-error', 500, 'InternalError'],
    ['error', 500, 'InternalError'],
  ])('%s answers %i %s in JSON and applies nothing, once', (kind, status, code) => {
    const world = withFault({ kind });
    const answer = world.answer('AssociateMembers', bind);
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.body)).toMatchObject({
      Code: code,
      RequestId: answer.headers['x-acs-request-id'],
    });
    expect(answer.headers['x-acs-retry-after']).toBeUndefined();
    expect(world.membersOf(FINANCE)).toEqual([]);
    expect(world.cloud.calls()[0]).toMatchObject({ fault: kind, status, code, applied: false });
    expect(world.outcome('AssociateMembers', bind)).toBe('200');
  });

  it.each([
    ['unavailable-empty', 503, undefined, ''],
    ['unavailable-html', 503, 'text/html', '<html>'],
    ['bad-gateway-html', 502, 'text/html', '<html>'],
  ])('%s answers %i without JSON and applies nothing', (kind, status, type, start) => {
    const world = withFault({ kind });
    const answer = world.answer('AssociateMembers', bind);
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toBe(type);
    expect(answer.headers['x-acs-request-id']).toBeDefined();
    expect(answer.body.slice(0, 6)).toBe(start);
    expect(world.membersOf(FINANCE)).toEqual([]);
  });

  it('takes code, status, message and the milliseconds to wait from the fault', () => {
    const world = withFault({
      kind: 'throttling',
      code: 'Throttling.Api',
      retryAfterMs: '2500',
      message: 'slow down',
    });
    const answer = world.answer('ListAccounts');
    expect(answer.status).toBe(400);
    expect(answer.headers['x-acs-retry-after']).toBe('2500');
    expect(JSON.parse(answer.body)).toMatchObject({ Code: 'Throttling.Api', Message: 'slow down' });
  });

  it.each([
    [{ code: 'Forbidden.RAM' }, 403, 'User not authorized to operate on the specified resource.'],
    [{ code: 'Never.Heard.Of', status: 418 }, 418, 'A fault of the emulator.'],
    [{ code: 'Never.Heard.Of' }, 400, 'A fault of the emulator.'],
    [{ code: 'InvalidMember', status: 409, message: 'odd' }, 409, 'odd'],
  ])('error with %o answers %i', (fault, status, message) => {
    const answer = withFault({ kind: 'error', ...fault }).answer('ListAccounts');
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.body)).toMatchObject({ Code: fault.code, Message: message });
  });

  it('reset-before resets the connection and applies nothing', () => {
    const world = withFault({ kind: 'reset-before' });
    expect(world.send('AssociateMembers', bind)).toEqual({ kind: 'reset', afterMs: 10 });
    expect(world.membersOf(FINANCE)).toEqual([]);
    expect(world.cloud.calls()[0]).toMatchObject({ status: undefined, applied: false });
  });

  it('silent never answers and applies nothing', () => {
    const world = withFault({ kind: 'silent' });
    expect(world.send('AssociateMembers', bind)).toEqual({ kind: 'silence' });
    world.now += 1e9;
    expect(world.membersOf(FINANCE)).toEqual([]);
  });
});

describe('a fault after the write', () => {
  const applied = (kind: string) => {
    const world = withFault({ kind, delayMs: kind === 'slow' ? 4000 : undefined });
    const delivery = world.send('AssociateMembers', bind);
    expect(world.membersOf(FINANCE)).toEqual([LEDGER, BIG, SANDBOX]);
    expect(world.cloud.calls()[0]).toMatchObject({ fault: kind, applied: true });
    return delivery;
  };

  it('slow answers as usual, but late', () => {
    expect(applied('slow')).toMatchObject({ kind: 'answer', afterMs: 4000, status: 200 });
  });

  it('silent-after never answers', () => {
    expect(applied('silent-after')).toEqual({ kind: 'silence' });
  });

  it('reset-after resets the connection', () => {
    expect(applied('reset-after')).toEqual({ kind: 'reset', afterMs: 10 });
  });

  it('unavailable-after answers 503', () => {
    expect(applied('unavailable-after')).toMatchObject({
      status: 503,
      body: expect.stringContaining('ServiceUnavailable'),
    });
  });

  it('truncated answers 200 with the first half of the body', () => {
    const delivery = applied('truncated');
    const whole = harness().answer('AssociateMembers', bind).body;
    expect(delivery).toMatchObject({ status: 200, body: whole.slice(0, whole.length / 2) });
  });

  it('empty-ok answers 200 with nothing', () => {
    expect(applied('empty-ok')).toMatchObject({ status: 200, body: '' });
  });

  it('html-ok answers 200 with a page', () => {
    expect(applied('html-ok')).toMatchObject({ status: 200, headers: { 'content-type': 'text/html' } });
  });

  it('cannot apply what the service refuses', () => {
    const world = withFault({ kind: 'reset-after' });
    expect(world.send('AssociateMembers', membersParameters(FINANCE, ['fd-Elsewhere'])).kind).toBe('reset');
    expect(world.cloud.calls()[0]).toMatchObject({
      code: 'InvalidMember',
      status: undefined,
      applied: false,
    });
  });
});

describe('late', () => {
  it('never answers, and applies when the delay is over', () => {
    const world = withFault({ kind: 'late', delayMs: 5000 });
    expect(world.send('AssociateMembers', bind)).toEqual({ kind: 'silence' });
    world.now += 4999;
    expect(world.membersOf(FINANCE)).toEqual([]);
    expect(world.cloud.calls()[0]?.applied).toBe(false);
    world.now += 1;
    expect(world.membersOf(FINANCE)).toEqual([LEDGER, BIG, SANDBOX]);
    expect(world.cloud.calls()[0]?.applied).toBe(true);
  });

  it('takes effect before a later call sees the state, and undoes what came in between', () => {
    const world = withFault({ kind: 'late', delayMs: 100 });
    world.send('DisassociateMembers', membersParameters(SECOPS, [PAYMENTS]));
    world.answer('AssociateMembers', membersParameters(SECOPS, [PAYMENTS, LEDGER]));
    world.now += 100;
    expect(world.body('GetMessageContact', { ContactId: SECOPS })['Contact']).toMatchObject({
      Members: ['fd-Sandbox', expect.any(String), LEDGER],
    });
  });

  it('several fall due in the order of their instants, each visible from its own', () => {
    const world = harness({
      behaviour: { lockScope: 'none', visibilityDelayMs: 1000 },
      faults: [
        { kind: 'late', delayMs: 300 },
        { kind: 'late', delayMs: 100 },
      ],
    });
    world.send('AssociateMembers', membersParameters(FINANCE, [LEDGER]));
    world.send('AssociateMembers', membersParameters(FINANCE, [BIG]));
    world.now += 1100;
    expect(world.membersOf(FINANCE)).toEqual([BIG, LEDGER]);
    expect(world.body('GetMessageContact', { ContactId: FINANCE })['Contact']).toMatchObject({
      Members: [BIG],
    });
  });

  it('is not stopped by a lock or a pending group, for it was taken in before', () => {
    const world = harness({
      behaviour: { lockMs: 1000, pendingMs: 1000 },
      faults: [{ kind: 'late', delayMs: 100, times: 2 }],
    });
    const list = (id: string) => ({ AggregatorId: CUSTOM, AggregatorAccounts: accountsText([id]) });
    world.send('AssociateMembers', membersParameters(FINANCE, [LEDGER]));
    world.send('UpdateAggregator', list(LEDGER));
    world.now += 50;
    world.answer('AssociateMembers', membersParameters(SECOPS, [BIG]));
    world.answer('UpdateAggregator', list(BIG));
    world.now += 50;
    expect(world.membersOf(FINANCE)).toEqual([LEDGER]);
    expect(world.accountsOf(CUSTOM)).toEqual([LEDGER]);
  });

  it('of an update whose token was used meanwhile changes nothing', () => {
    const world = withFault({ kind: 'late', delayMs: 100 });
    const update = { AggregatorId: CUSTOM, AggregatorAccounts: accountsText([LEDGER]), ClientToken: 't' };
    world.send('UpdateAggregator', update);
    world.answer('UpdateAggregator', update);
    world.answer('UpdateAggregator', {
      ...update,
      AggregatorAccounts: accountsText([BIG]),
      ClientToken: 'u',
    });
    world.now += 100;
    expect(world.accountsOf(CUSTOM)).toEqual([BIG]);
    expect(world.cloud.calls()[0]?.applied).toBe(false);
  });
});

describe('partial', () => {
  it.each([
    [
      [LEDGER, BIG, SANDBOX],
      [LEDGER, BIG],
    ],
    [[LEDGER], [LEDGER]],
  ])('of binding %o applies %o, then answers 500', (members, expected) => {
    const world = withFault({ kind: 'partial' });
    expect(world.outcome('AssociateMembers', membersParameters(FINANCE, members))).toBe('500 InternalError');
    expect(world.membersOf(FINANCE)).toEqual(expected);
    expect(world.cloud.calls()[0]).toMatchObject({ members, applied: true });
  });

  it('of an unbinding leaves the second half bound', () => {
    const world = withFault({ kind: 'partial' });
    world.answer('DisassociateMembers', membersParameters(SECOPS, ['fd-Sandbox', PAYMENTS]));
    expect(world.membersOf(SECOPS)).not.toContain('fd-Sandbox');
    expect(world.membersOf(SECOPS)).toContain(PAYMENTS);
  });

  it.each([
    // Before: PAYMENTS and BIG. What is added comes first, then what is dropped.
    [
      [PAYMENTS, BIG, LEDGER, SANDBOX],
      [PAYMENTS, BIG, LEDGER],
    ],
    [
      [LEDGER, SANDBOX],
      [PAYMENTS, BIG, LEDGER, SANDBOX],
    ],
    [[LEDGER], [BIG, LEDGER]],
    [[PAYMENTS], [PAYMENTS]],
  ])('of a list %o leaves the group with %o', (asked, expected) => {
    const world = withFault({ kind: 'partial' });
    const list = { AggregatorId: CUSTOM, AggregatorAccounts: accountsText(asked) };
    expect(world.outcome('UpdateAggregator', list)).toBe('500 InternalError');
    expect(world.accountsOf(CUSTOM)).toEqual(expected);
  });
});

describe('which call a fault meets', () => {
  const call = (action: string, owner: string | undefined = FINANCE, members: string[] = []) => ({
    action,
    owner,
    members,
  });
  /** `X` for every call that met a fault, `.` for the others. */
  const pattern = (fault: Record<string, unknown>, calls: ReturnType<typeof call>[], random = () => 0.5) => {
    const book = new FaultBook(faultsFrom({ kind: 'conflict', ...fault }), random);
    return calls.map((each) => (book.meet(each) ? 'X' : '.')).join('');
  };
  const bindings = [1, 2, 3, 4].map(() => call('AssociateMembers'));

  it.each([
    [{}, 'X...'],
    [{ times: '2' }, 'XX..'],
    [{ times: 'always' }, 'XXXX'],
    [{ call: '3' }, '..X.'],
    [{ call: ['2', '4'] }, '.X.X'],
    [{ call: ['2', '4'], times: 1 }, '.X..'],
    [{ probability: '0.6' }, 'XXXX'],
    [{ probability: 0.5 }, '....'],
    [{ probability: 1, times: 3 }, 'XXX.'],
    [{ action: 'UpdateAggregator' }, '....'],
  ])('%o meets %s of four calls', (fault, expected) => {
    expect(pattern(fault, bindings)).toBe(expected);
  });

  it('counts only the calls that match', () => {
    const calls = [
      call('ListAccounts', 'nobody'),
      call('AssociateMembers', SECOPS, [LEDGER]),
      call('AssociateMembers', FINANCE, [BIG]),
      call('AssociateMembers', FINANCE, [LEDGER, BIG]),
      call('DisassociateMembers', FINANCE, [LEDGER]),
    ];
    expect(pattern({ owner: FINANCE, call: 2 }, calls)).toBe('...X.');
    expect(pattern({ member: LEDGER, times: 'always' }, calls)).toBe('.X.XX');
    expect(pattern({ action: 'AssociateMembers', member: LEDGER, call: 2 }, calls)).toBe('...X.');
  });

  it('the first fault that meets a call wins, and the others count it all the same', () => {
    const faults = faultsFrom([
      { kind: 'conflict', call: 1 },
      { kind: 'throttling', call: [1, 2] },
    ]);
    const book = new FaultBook(faults, () => 0);
    expect([1, 2, 3].map(() => book.meet(call('ListAccounts'))?.kind)).toEqual([
      'conflict',
      'throttling',
      undefined,
    ]);
  });

  it('chance is seeded: the same state gives the same faults, near the probability', () => {
    const run = (seed: number) => {
      const world = harness({ seed, faults: [{ kind: 'conflict', probability: 0.3 }] });
      return Array.from({ length: 400 }, () => world.answer('GetResourceDirectory').status === 429);
    };
    expect(run(5)).toEqual(run(5));
    expect(run(5)).not.toEqual(run(6));
    const share = run(5).filter(Boolean).length / 400;
    expect(share).toBeGreaterThan(0.2);
    expect(share).toBeLessThan(0.4);
  });

  it('faults added to a running emulator count from then on', () => {
    const world = harness();
    world.answer('ListAccounts');
    const added: Partial<Fault> = { kind: 'unavailable', call: [1] };
    world.cloud.addFaults(added);
    expect(world.outcome('ListAccounts')).toBe('503 ServiceUnavailable');
    expect(world.outcome('ListAccounts')).toBe('200');
  });
});
