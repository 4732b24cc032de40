import { runCoverage } from '../job/coverage-job.ts';
import { EXIT } from '../model/exit-code.ts';
import { renderCoverage } from '../report/coverage-text.ts';
import { jsonText } from '../report/json-text.ts';
import { type OutlookOptions, outlookSettings, withOutlook } from './outlook-options.ts';
import { openOutput } from './output.ts';

export interface CoverageOptions extends OutlookOptions {
  readonly contact: readonly string[];
  readonly aggregator: readonly string[];
  readonly member: readonly string[];
}

/** Shows which contacts reach which accounts; with manifests, also after their plan. */
export async function coverage(files: readonly string[], options: CoverageOptions): Promise<number> {
  const output = await openOutput(options, process.env);
  const { contact: contacts, aggregator: aggregators, member: members } = options;
  const settings = { ...outlookSettings(files, options), only: { contacts, aggregators, members } };
  return withOutlook(output, async (effects) => {
    const found = await runCoverage(settings, effects);
    const { before, after } = found;
    if (options.json === true) output.print(jsonText(after === undefined ? before : { before, after }, 2));
    else output.print(renderCoverage(found, output));
    return EXIT.inSync;
  });
}
