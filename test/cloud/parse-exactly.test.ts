import fc from 'fast-check';
import { isLosslessNumber, parse } from 'lossless-json';
import { describe, expect, test } from 'vitest';
import { asFields, countIn, idIn, textIn } from '../../src/cloud/fields.ts';
import { parseExactly } from '../../src/cloud/parse-exactly.ts';

const idOf = (json: string): string => idIn(asFields(parseExactly(json), ''), 'Id', (text) => text);

describe('the answers of the service', () => {
  test.each([
    ['{"Id":1738084522671234}', '1738084522671234'],
    ['{"Id": 9738084522671237}', '9738084522671237'],
    ['{"Id":\n\t9007199254740993 }', '9007199254740993'],
    ['{"Id":173808452267123}', '173808452267123'],
    ['{"Id":"9738084522671237"}', '9738084522671237'],
    ['{"List":[9738084522671237],"Id":"1"}', '1'],
    ['{"Text":"a:1738084522671234","Id":12}', '12'],
  ])('%s keep the digits of an id', (json, id) => {
    expect(idOf(json)).toBe(id);
  });

  test('keep them in a list as well', () => {
    const { List } = parseExactly('{"List":[ 9738084522671237 , 9738084522671239]}') as { List: unknown[] };
    expect(List.map((one) => isLosslessNumber(one) && one.value)).toEqual([
      '9738084522671237',
      '9738084522671239',
    ]);
  });

  test('are plain values where no number is long', () => {
    expect(parseExactly('{"Name":"a/1738084522671234","Count":12,"Ids":["1738084522671234"]}')).toEqual({
      Name: 'a/1738084522671234',
      Count: 12,
      Ids: ['1738084522671234'],
    });
  });

  test.each(['', '<html></html>', '{"Id":1', '{"Id":1738084522671234'])(
    'that are no JSON are an error: %s',
    (text) => {
      expect(() => parseExactly(text)).toThrow(SyntaxError);
    },
  );

  test.each(['', ',"Id":1738084522671234'])('that say two things under one key are an error%s', (long) => {
    for (const twice of ['"Status":"Active","Status":"Pending"', '"In":[{"a:\\"":1,"\\u0061:\\"" : 2}]'])
      expect(() => parseExactly(`{${twice}${long}}`)).toThrow(/Duplicate key/);
  });

  test.each(['', ',"Id":1738084522671234'])('that say one thing twice are read%s', (long) => {
    const { Status } = parseExactly(`{"Status":"Active","Status":"Active"${long}}`) as { Status: unknown };
    expect(Status).toBe('Active');
  });

  test('are not taken for such where a text looks like a key', () => {
    const value = { Text: '{"Text":"x","a\\":', List: ['"a":', ':', '\\'], In: { Text: ' "Text" : ' } };
    expect(parseExactly(JSON.stringify(value))).toEqual(value);
  });

  test('give the fields the same texts and counts as with every number kept apart', () => {
    const value = fc.record({
      Text: fc.string(),
      Count: fc.maxSafeNat(),
      Id: fc.bigInt({ min: 1n, max: 10n ** 19n }),
    });
    fc.assert(
      fc.property(value, fc.constantFrom('', ' ', '\n'), ({ Text, Count, Id }, gap) => {
        const json = `{"Text":${gap}${JSON.stringify(Text)},"Count":${gap}${Count},"Id":${gap}${Id}}`;
        const [ours, theirs] = [asFields(parseExactly(json), ''), asFields(parse(json), '')];
        expect(textIn(ours, 'Text')).toBe(textIn(theirs, 'Text'));
        expect(countIn(ours, 'Count')).toBe(Count);
        expect(idIn(ours, 'Id', (text) => text)).toBe(String(Id));
      }),
      { numRuns: 1000 },
    );
  });
});
