/** A time of day, every day, in which writes may start; by the clock on the wall of a time zone. */
export interface WriteWindow {
  /** Minutes since midnight. */
  readonly from: number;
  /** Minutes since midnight, 1440 for its end; not later than `from` where the window crosses midnight. */
  readonly until: number;
  /** An IANA name such as `Asia/Shanghai`. */
  readonly zone: string;
}

/** The form of a window as text; whether the zone is known, only the runtime can tell. */
export const WINDOW_FORM =
  /^([01]\d|2[0-3]):([0-5]\d)-(?:([01]\d|2[0-3]):([0-5]\d)|24:00)(?: ([A-Za-z][A-Za-z0-9_+-]*(?:\/[A-Za-z0-9_+-]+)*))?$/;

const MIDNIGHT = 24 * 60;

/** `22:00-05:00 Asia/Shanghai`; UTC without a zone. @returns undefined for what is no window, or one without length */
export function parseWindow(text: string): WriteWindow | undefined {
  const match = WINDOW_FORM.exec(text);
  if (match === null) return undefined;
  const [, fromHour, fromMinute, untilHour, untilMinute, zone = 'UTC'] = match;
  const from = minutes(fromHour, fromMinute);
  const until = untilHour === undefined ? MIDNIGHT : minutes(untilHour, untilMinute);
  return from === until || !isZone(zone) ? undefined : { from, until, zone };
}

/**
 * Judged by the wall clock of the zone at that moment, so that it holds when the clocks change: an hour that is left
 * out shortens the window that it falls into, one that comes twice lengthens it.
 * @param at  milliseconds since 1970
 */
export function isOpen({ from, until, zone }: WriteWindow, at: number): boolean {
  const now = minuteOfDay(zone, at);
  return from < until ? from <= now && now < until : now >= from || now < until;
}

/** `22:00-05:00 Asia/Shanghai` */
export const windowInWords = ({ from, until, zone }: WriteWindow): string =>
  `${timeOfDay(from)}-${timeOfDay(until)} ${zone}`;

/** `14:03`: what the wall clock of the window shows. */
export const wallTime = ({ zone }: WriteWindow, at: number): string => timeOfDay(minuteOfDay(zone, at));

function minuteOfDay(zone: string, at: number): number {
  const parts = clockOf(zone).formatToParts(at);
  const read = (type: 'hour' | 'minute') => parts.find((part) => part.type === type)?.value;
  return minutes(read('hour'), read('minute'));
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** Kept, because making one takes a hundred times as long as asking it. */
function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  clocks.set(zone, made);
  return made;
}

function isZone(zone: string): boolean {
  try {
    clockOf(zone);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

const minutes = (hour: string | undefined, minute: string | undefined): number =>
  Number(hour) * 60 + Number(minute);

const timeOfDay = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
