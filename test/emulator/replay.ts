import { parse } from 'lossless-json';
import { CallRecorder } from '../../src/emulator/call-recorder.ts';
import { EmulatedCloud } from '../../src/emulator/emulated-cloud.ts';
import type { EmulatorState } from '../../src/emulator/state.ts';

interface RecordedLine {
  readonly at: number;
  readonly directory: string;
  readonly action: string;
  readonly version: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * Sends recorded calls to emulators that start from the same states, at the recorded times.
 * @param lines  of `emulate --record`
 * @returns the lines that this recording would have; equal to `lines` when nothing is answered otherwise
 */
export function replay(lines: readonly string[], states: readonly EmulatorState[]): readonly string[] {
  let now = 0;
  const open = (state: EmulatorState) => new EmulatedCloud(state, { now: () => now });
  const clouds = new Map(states.map((state) => [state.directory.id, open(state)]));
  const recorder = new CallRecorder();
  return lines.map((line) => {
    const { at, directory, action, version, parameters } = parse(line) as RecordedLine;
    now = Number(at);
    const request = { action, version, parameters };
    const delivery = clouds.get(directory)?.receive(request);
    if (delivery === undefined) throw new Error(`no state for directory ${directory}`);
    return recorder.line({ at: now, directoryId: directory, request, delivery });
  });
}
