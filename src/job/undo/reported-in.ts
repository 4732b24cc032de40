import { EXIT } from '../../model/exit-code.ts';
import type { Report, ReportChange } from '../../report/report-schema.ts';
import { problem, Stop } from '../stop.ts';

/** What a report says about one directory. */
export interface Reported {
  /** Undefined when the run did not come to read it. */
  readonly directoryId: string | undefined;
  readonly changes: readonly ReportChange[];
  /** Ids that the manifest of that run protected. */
  readonly protected: readonly string[];
}

/**
 * @param meant  the directory that is meant, where that is said
 * @throws Stop when the report is of another directory (denied), or of several and none is chosen (usage)
 */
export function reportedIn({ targets }: Report, path: string, meant: string | undefined): Reported {
  const known = [...new Set(targets.flatMap(({ directoryId }) => directoryId ?? []))];
  if (meant !== undefined && known.length > 0 && !known.includes(meant)) {
    const message = `${path} is a report on resource directory ${known.join(', ')}, and ${meant} was expected`;
    throw new Stop(EXIT.denied, 'failed', [problem('wrong-directory', message)]);
  }
  if (meant === undefined && known.length > 1) {
    const message = `${path} is a report on ${known.length} resource directories (${known.join(', ')}); choose one with --directory-id RD`;
    throw new Stop(EXIT.usage, 'failed', [problem('several-directories', message)]);
  }
  const directoryId = meant ?? known[0];
  const ofDirectory = targets.filter((target) => target.directoryId === directoryId);
  return {
    directoryId,
    changes: ofDirectory.flatMap(({ changes }) => changes),
    protected: [...new Set(ofDirectory.flatMap(({ plan }) => plan?.protected ?? []))],
  };
}
