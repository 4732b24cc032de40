const bytesOf = (text: string): number => Buffer.byteLength(text, 'utf8');

/** As many whole lines as fit, and a last one that says how many are left out. */
export function cutLines(lines: readonly string[], mostBytes: number): string {
  const whole = lines.join('\n');
  if (bytesOf(whole) <= mostBytes) return whole;
  const pointer = (left: number): string => `${left} more lines, in the report`;
  let room = mostBytes - bytesOf(pointer(lines.length));
  const kept: string[] = [];
  for (const line of lines) {
    room -= bytesOf(line) + 1;
    if (room < 0) break;
    kept.push(line);
  }
  return [...kept, pointer(lines.length - kept.length)].join('\n');
}
