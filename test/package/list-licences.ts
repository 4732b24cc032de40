import { productionLicences } from './licences.ts';

/** npm run licences: name, version and licence of every package that the installed program brings along. */
for (const { name, version, licence } of productionLicences())
  process.stdout.write(`${name} ${version} ${licence}\n`);
