import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonText } from '../../src/report/json-text.ts';

test('what could turn a line around, hide in it or move the cursor is escaped', () => {
  const name = 'a\u009b31m\u202eb\u2066\u200b\u2028\u007f\ufeff';
  expect(jsonText([name])).toBe('["a\\u009b31m\\u202eb\\u2066\\u200b\\u2028\\u007f\\ufeff"]');
});

test('joiners, letters of all scripts and emoji stay as they are', () => {
  expect(jsonText('\u7cfb\u7edf \u{1f469}\u200d\u{1f4bb}')).toBe('"\u7cfb\u7edf \u{1f469}\u200d\u{1f4bb}"');
});

test('is the same value to every reader', () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'binary' }), fc.constantFrom(undefined, 2), (value, indent) => {
      expect(JSON.parse(jsonText(value, indent))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});
