import { runExplain } from '../job/explain/explain-job.ts';
import { EXIT } from '../model/exit-code.ts';
import { renderExplanation } from '../report/explain-text.ts';
import { jsonText } from '../report/json-text.ts';
import { type OutlookOptions, outlookSettings, withOutlook } from './outlook-options.ts';
import { openOutput } from './output.ts';

/** Shows why something is in the plan, or is not, and from which lines. */
export async function explain(
  id: string,
  files: readonly string[],
  options: OutlookOptions,
): Promise<number> {
  const output = await openOutput(options, process.env);
  return withOutlook(output, async (effects) => {
    const explanation = await runExplain(id, outlookSettings(files, options), effects);
    if (options.json === true) output.print(jsonText(explanation, 2));
    else output.print(renderExplanation(explanation, output));
    return EXIT.inSync;
  });
}
