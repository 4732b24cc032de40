import type { EmulatorState } from './state.ts';

/**
 * States as the text of a state file, JSON with one account, contact and so on a line. `readStates` reads them back
 * to the same. It holds secrets and addresses, as state files do.
 */
export function writeStates(states: readonly EmulatorState[]): string {
  const [only, ...others] = states;
  if (only !== undefined && others.length === 0) return `${stateText(only)}\n`;
  return `{"directories":[\n${states.map(stateText).join(',\n')}\n]}\n`;
}

const stateText = (state: EmulatorState): string =>
  `{\n${Object.entries(state).map(sectionText).join(',\n')}\n}`;

function sectionText([name, value]: [string, unknown]): string {
  const isLongList = Array.isArray(value) && value.length > 0;
  const text = isLongList
    ? `[\n${value.map((item) => JSON.stringify(item)).join(',\n')}\n]`
    : JSON.stringify(value);
  return `${JSON.stringify(name)}:${text}`;
}
