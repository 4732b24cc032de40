import { describe, expect, test } from 'vitest';
import { isOpen, parseWindow, wallTime, windowInWords } from '../../src/model/write-window.ts';

function window(text: string) {
  const parsed = parseWindow(text);
  if (parsed === undefined) throw new Error(`${text} is no window`);
  return parsed;
}

const openAt = (text: string, instant: string): boolean => isOpen(window(text), Date.parse(instant));

describe('a window', () => {
  test.each([
    ['22:00-05:00 Asia/Shanghai', { from: 1320, until: 300, zone: 'Asia/Shanghai' }],
    ['00:00-24:00 Europe/Berlin', { from: 0, until: 1440, zone: 'Europe/Berlin' }],
    ['09:30-17:45', { from: 570, until: 1065, zone: 'UTC' }],
    ['09:30-17:45 America/Argentina/Buenos_Aires', { zone: 'America/Argentina/Buenos_Aires' }],
  ])('%s is read, in UTC where no zone is named', (text, expected) => {
    expect(parseWindow(text)).toMatchObject(expected);
  });

  test.each([
    '',
    '22:00',
    '22-05',
    '24:00-05:00',
    '22:60-05:00',
    '9:00-17:00',
    '22:00-22:00',
    '22:00 - 05:00',
    '22:00-05:00 Nowhere/City',
    '22:00-05:00 Asia/Shanghai Europe/Berlin',
  ])('"%s" is none', (text) => {
    expect(parseWindow(text)).toBeUndefined();
  });

  test.each([
    ['10:00-12:00', '2026-01-05T09:59:59.999Z', false],
    ['10:00-12:00', '2026-01-05T10:00:00Z', true],
    ['10:00-12:00', '2026-01-05T11:59:59.999Z', true],
    ['10:00-12:00', '2026-01-05T12:00:00Z', false],
    ['18:00-24:00', '2026-01-05T23:59:59Z', true],
    ['18:00-24:00', '2026-01-06T00:00:00Z', false],
  ])('%s at %s: %s', (text, instant, open) => {
    expect(openAt(text, instant)).toBe(open);
  });

  test.each([
    // Shanghai is eight hours ahead of UTC all year.
    ['2026-01-05T13:59:00Z', '21:59', false],
    ['2026-01-05T14:00:00Z', '22:00', true],
    ['2026-01-05T16:00:00Z', '00:00', true],
    ['2026-01-05T20:59:00Z', '04:59', true],
    ['2026-01-05T21:00:00Z', '05:00', false],
  ])('across midnight in Shanghai, at %s where it is %s: %s', (instant, wall, open) => {
    const night = window('22:00-05:00 Asia/Shanghai');
    expect([wallTime(night, Date.parse(instant)), openAt('22:00-05:00 Asia/Shanghai', instant)]).toEqual([
      wall,
      open,
    ]);
  });
});

/** On 2026-03-29 Berlin goes from 02:00 to 03:00, on 2026-10-25 from 03:00 back to 02:00. */
describe('when the clocks change', () => {
  test.each([
    ['winter', '2026-03-28T21:00:00Z', '22:00', true],
    ['summer', '2026-03-29T20:00:00Z', '22:00', true],
    ['summer, an hour before', '2026-03-29T19:59:00Z', '21:59', false],
  ])('a window keeps to the clock on the wall: %s', (_, instant, wall, open) => {
    const night = window('22:00-05:00 Europe/Berlin');
    expect([wallTime(night, Date.parse(instant)), isOpen(night, Date.parse(instant))]).toEqual([wall, open]);
  });

  test.each([
    ['2026-03-29T00:59:00Z', '01:59', false],
    ['2026-03-29T01:00:00Z', '03:00', true],
    ['2026-03-29T01:59:00Z', '03:59', true],
    ['2026-03-29T02:00:00Z', '04:00', false],
  ])('one that begins in the hour that is left out begins after it: %s, %s, %s', (instant, wall, open) => {
    const early = window('02:30-04:00 Europe/Berlin');
    expect([wallTime(early, Date.parse(instant)), isOpen(early, Date.parse(instant))]).toEqual([wall, open]);
  });

  test.each([
    ['2026-10-25T00:29:00Z', '02:29', true],
    ['2026-10-25T00:30:00Z', '02:30', false],
    ['2026-10-25T01:00:00Z', '02:00', true],
    ['2026-10-25T01:30:00Z', '02:30', false],
  ])('one in the hour that comes twice is open twice: %s, %s, %s', (instant, wall, open) => {
    const early = window('02:00-02:30 Europe/Berlin');
    expect([wallTime(early, Date.parse(instant)), isOpen(early, Date.parse(instant))]).toEqual([wall, open]);
  });
});

test.each(['22:00-05:00 Asia/Shanghai', '00:00-24:00 UTC'])('%s is said as it is written', (text) => {
  expect(windowInWords(window(text))).toBe(text);
});
