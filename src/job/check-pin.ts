import type { Directory } from '../model/actual-state.ts';
import { EXIT } from '../model/exit-code.ts';
import type { Manifest } from '../model/manifest.ts';
import { problem, Stop } from './stop.ts';

/** Stops before any other call when the credentials belong to another directory than the one that is pinned. */
export function checkPin(
  directory: Directory,
  flag: string | undefined,
  written: Manifest['directory'],
): void {
  const pinned = flag ?? written?.id;
  if (pinned === undefined || pinned === directory.id) return;
  const message =
    `the credentials belong to resource directory ${directory.id}, and ${pinned} was expected; ` +
    'use the credentials of that directory, or correct the pin';
  const source = flag === undefined ? written?.source : undefined;
  throw new Stop(EXIT.denied, 'failed', [{ ...problem('wrong-directory', message), source }]);
}
