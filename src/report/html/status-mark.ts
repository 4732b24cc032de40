import { h } from 'preact';
import { grouped } from '../words.ts';
import type { Html } from './plain-table.ts';

/** How grave a word is; the style gives each a colour and a sign of its own. */
type Tone = 'good' | 'bad' | 'warn' | 'unsure' | 'plain';

/** Statuses that are neither good nor bad have none. */
export const TONES: ReadonlyMap<string, Tone> = new Map([
  ['applied', 'good'],
  ['already', 'good'],
  ['in-sync', 'good'],
  ['reached', 'good'],
  ['failed', 'bad'],
  ['error', 'bad'],
  ['guard', 'bad'],
  ['refused', 'bad'],
  ['unreached', 'bad'],
  ['stale', 'bad'],
  ['not approved', 'bad'],
  ['interrupted', 'bad'],
  ['partial', 'warn'],
  ['drift', 'warn'],
  ['skipped', 'warn'],
  ['residual', 'warn'],
  ['warning', 'warn'],
  ['uncertain', 'unsure'],
  ['not-visible', 'unsure'],
]);

export const toneOf = (status: string): Tone => TONES.get(status) ?? 'plain';

/** A status as a word with a sign before it, so that nobody has to tell colours apart. */
export const statusMark = (status: string, count?: number): Html =>
  h(
    'span',
    { class: `mark ${toneOf(status)}` },
    count === undefined ? wordFor(status) : `${grouped(count)} ${wordFor(status)}`,
  );

const wordFor = (status: string): string => status.replace('-', ' ');
