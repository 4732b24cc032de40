import type { Source } from '../model/manifest.ts';
import type { ReadFile } from './written-file.ts';

/** Makes a manifest out of a text that comes in pieces. The text has line feeds only. */
export interface TextReader {
  read(text: string): void;
  /** @param place  where the text ends */
  end(place: Source): ReadFile;
}
