import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { ROOT } from '../samples/support/built.ts';

/**
 * Makes a file of a script that Node runs as it is, without a loader for TypeScript.
 * @param contents  with imports relative to src/
 */
export function bundleScript(contents: string, outfile: string): void {
  const stdin = { contents, resolveDir: join(ROOT, 'src') };
  buildSync({ stdin, outfile, bundle: true, platform: 'node', format: 'esm', packages: 'external' });
}
