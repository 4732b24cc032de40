const MEANINGS: ReadonlyMap<number, string> = new Map([
  [0, 'in sync'],
  [1, 'a defect of this program'],
  [2, 'changes are pending'],
  [3, 'some changes failed, were skipped, are uncertain, or have not become visible'],
  [4, 'refused by the guard; nothing was written'],
  [5, 'the plan is not the one that was approved; nothing was written'],
  [64, 'usage: the command line, or a file that it names, is wrong'],
  [65, 'manifest problems; nothing was written'],
  [69, 'the cloud could not be read, or not completely'],
  [75, 'another run holds the lock'],
  [77, 'credentials are refused, lack a permission, or belong to another directory'],
  [78, 'the job file is wrong, or credentials are missing'],
  [130, 'interrupted by SIGINT; calls in flight were drained'],
  [143, 'interrupted by SIGTERM or SIGHUP; calls in flight were drained'],
]);

/** The exit code in words, for people who read a log. */
export const exitMeaning = (exitCode: number): string =>
  MEANINGS.get(exitCode) ?? 'not a code of this program';
