import { parse } from 'lossless-json';
import { describe, expect, it } from 'vitest';
import { asFields, countIn, idIn, listIn, objectIn, optionalTextIn, textIn } from '../../src/cloud/fields.ts';
import { parseAccountId } from '../../src/model/ids.ts';

const fields = (json: string) => asFields(parse(json), 'Top');

describe('ids', () => {
  it.each([
    ['9738084522671235', '9738084522671235'],
    ['"9738084522671235"', '9738084522671235'],
    ['1738084522671234', '1738084522671234'],
    ['"0000000000000001"', '0000000000000001'],
  ])('%s reads as %s', (json, expected) => {
    expect(idIn(fields(`{"Id":${json}}`), 'Id', parseAccountId)).toBe(expected);
  });

  it('take a plain number that is exact, and none that was rounded already', () => {
    expect(idIn({ values: { Id: 1738084522671234 }, path: '' }, 'Id', parseAccountId)).toBe(
      '1738084522671234',
    );
    const rounded = { values: { Id: JSON.parse('9738084522671235') as number }, path: '' };
    expect(() => idIn(rounded, 'Id', parseAccountId)).toThrow('Id');
  });

  it.each([
    '1.738084522671234e15',
    '1738084522671234.0',
    '-1738084522671234',
    '173808452267123',
    'null',
    'true',
    '{}',
    '[]',
    '""',
  ])('%s is none', (json) => {
    expect(() => idIn(fields(`{"Id":${json}}`), 'Id', parseAccountId)).toThrow(/^Top\.Id$/);
  });
});

describe('counts', () => {
  it.each([
    ['0', 0],
    ['200', 200],
  ])('%s reads as %i', (json, expected) => {
    expect(countIn(fields(`{"N":${json}}`), 'N')).toBe(expected);
  });

  it.each(['-1', '1.5', '"12"', 'null', '9738084522671235', '1e3'])('%s is none', (json) => {
    expect(() => countIn(fields(`{"N":${json}}`), 'N')).toThrow(/^Top\.N$/);
  });
});

describe('text, objects and lists', () => {
  it('are read as they are', () => {
    const all = fields('{"Text":"","Object":{"Deep":"x"},"List":["a","b"]}');
    expect(textIn(all, 'Text')).toBe('');
    expect(textIn(objectIn(all, 'Object'), 'Deep')).toBe('x');
    expect(listIn(all, 'List', (item, path) => `${path}=${String(item)}`)).toEqual([
      'Top.List[0]=a',
      'Top.List[1]=b',
    ]);
  });

  it.each(['{}', '{"X":null}', '{"X":17}'])('%s has none of them', (json) => {
    expect(() => textIn(fields(json), 'X')).toThrow(/^Top\.X$/);
    expect(() => objectIn(fields(json), 'X')).toThrow(/^Top\.X$/);
    expect(() => listIn(fields(json), 'X', () => 0)).toThrow(/^Top\.X$/);
  });

  it('name the whole path to what is missing', () => {
    const list = fields('{"List":[{"Id":"a"},{}]}');
    const read = () => listIn(list, 'List', (item, path) => textIn(asFields(item, path), 'Id'));
    expect(read).toThrow(/^Top\.List\[1\]\.Id$/);
  });

  it.each([
    ['{}', undefined],
    ['{"X":null}', undefined],
    ['{"X":""}', undefined],
    ['{"X":"t"}', 't'],
  ])('optional text in %s is %s', (json, expected) => {
    expect(optionalTextIn(fields(json), 'X')).toBe(expected);
  });

  it('optional text that is no text is an error all the same', () => {
    expect(() => optionalTextIn(fields('{"X":17}'), 'X')).toThrow(/^Top\.X$/);
  });

  it('an array, a number or nothing is no object', () => {
    for (const value of [[], 17, null, undefined, parse('17')])
      expect(() => asFields(value, 'P')).toThrow(/^P$/);
  });
});
