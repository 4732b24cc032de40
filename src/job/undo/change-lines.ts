const ID_OF_CHANGE = /"id":\s*"((?:bind|unbind|add-account|remove-account):[^"\\]+)"/g;

/** The line, from 1, on which each change of a report stands, by its id: the first where it stands twice. */
export function changeLines(text: string): ReadonlyMap<string, number> {
  const lines = new Map<string, number>();
  for (const [index, line] of text.split('\n').entries()) {
    for (const [, id] of line.matchAll(ID_OF_CHANGE)) {
      if (id !== undefined && !lines.has(id)) lines.set(id, index + 1);
    }
  }
  return lines;
}
