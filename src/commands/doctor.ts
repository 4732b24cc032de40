import { systemClock } from '../clock.ts';
import { examine } from '../job/doctor/doctor.ts';
import { Surroundings } from '../job/surroundings.ts';
import { HaltSwitch } from '../model/halt.ts';
import { renderDiagnosis } from '../report/doctor-text.ts';
import { jsonText } from '../report/json-text.ts';
import { type ConnectionOptions, connectionSettings } from './connection-options.ts';
import { failureOf } from './failure.ts';
import { haltOnSignals } from './halt-on-signals.ts';
import { type OutputOptions, openOutput } from './output.ts';

export interface DoctorOptions extends OutputOptions, ConnectionOptions {
  readonly targetsPerContact: number;
  readonly accountsPerAggregator: number;
}

/** Says whether a run could work here: identity, directory, permissions, endpoints, clock. Never writes. */
export async function doctor(options: DoctorOptions): Promise<number> {
  const output = await openOutput(options, process.env);
  const { directoryId, targetsPerContact, accountsPerAggregator } = options;
  const limits = { targetsPerContact, accountsPerAggregator };
  const surroundings = new Surroundings();
  const halt = new HaltSwitch();
  const stopListening = haltOnSignals(halt, output.log);
  try {
    const connection = connectionSettings(options);
    const found = await examine({ connection, directoryId, limits }, systemClock, surroundings, halt);
    if (options.json === true) output.print(jsonText(found, 2));
    else output.print(renderDiagnosis(found, output));
    return found.exitCode;
  } catch (error) {
    const { exitCode, lines } = failureOf(error);
    for (const line of lines) output.log.error(line);
    return exitCode;
  } finally {
    stopListening();
    await surroundings.close();
  }
}
