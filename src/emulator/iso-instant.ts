/** Both schemes' pages: `yyyy-MM-ddTHH:mm:ssZ`, in UTC. Fractions are taken too (inferred). */
const FORM = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/;

/** Milliseconds since 1970, NaN for what is not of that form. */
export const instantOf = (text: string): number => (FORM.test(text) ? Date.parse(text) : Number.NaN);
