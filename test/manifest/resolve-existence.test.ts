import { expect, test } from 'vitest';
import { DirectoryView } from '../../src/manifest/directory-view.ts';
import { missingFault } from '../../src/manifest/resolve-existence.ts';
import { actual, target } from '../support/world.ts';

test.each<[readonly string[], string]>([
  [['1738084522671241'], '"1738084522671241" is'],
  [['1738084522671241', '1738084522671248'], '"1738084522671241", "1738084522671248" are'],
  [['1738084522671248', '1738084522671140'], '"1738084522671248" is'],
])('a 16th digit that became 0 names every account that it may have been: %j', (accounts, likely) => {
  const view = new DirectoryView(actual({ accounts }), new Set());
  expect(missingFault(target('1738084522671240'), view, false)).toEqual({
    code: 'id-not-in-directory',
    message: `account "1738084522671240" is not in the directory, ${likely}: a spreadsheet turns the 16th digit into 0; format the column as text and paste the id again`,
  });
});
