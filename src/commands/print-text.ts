/** The result, on stdout; a line break at its end is added where there is none. */
export function printText(text: string): void {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
}
