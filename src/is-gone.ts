/** Whether an error of a stream says that nobody is there any more to read it: a pipe or a terminal that was closed. */
export const isGone = (error: Error): boolean => {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'EPIPE' || code === 'EIO';
};
