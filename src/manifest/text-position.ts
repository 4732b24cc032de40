import type { Source } from '../model/manifest.ts';
import { characters } from './line-index.ts';

/** How far a text has come that is read piece by piece. The text has line feeds only. */
export class TextPosition {
  readonly #file: string;
  #line = 1;
  #column = 1;

  constructor(file: string) {
    this.#file = file;
  }

  /** Where the next character will stand. */
  get place(): Source {
    return { file: this.#file, line: this.#line, column: this.#column };
  }

  /** @param text  what comes next; it ends between two characters */
  pass(text: string): void {
    let lineStart = 0;
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', lineStart)) {
      lineStart = end + 1;
      this.#line += 1;
    }
    const before = lineStart === 0 ? this.#column : 1;
    this.#column = before + characters(text, lineStart, text.length);
  }
}
