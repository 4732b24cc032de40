import { describe, expect, test } from 'vitest';
import { drawPanels } from './draw-panels.ts';
import type { Results } from './results.ts';
import { scalingPanels } from './scaling-plot.ts';

const resultOf = (name: string, rows: Results[string]['rows']): Results => ({
  [name]: { name, what: '', seconds: 1, rows, machine: {} },
});

const LONG_RUN = resultOf('long-run', [
  { calls: 1000, measured: 'at once', 'heap, MB': 10, 'resident, MB': 100 },
  { calls: 10_000, measured: 'at once', 'heap, MB': { median: 20, min: 1, max: 90 }, 'resident, MB': 110 },
  { calls: 10_000, measured: 'when all timers had fired', 'heap, MB': 9, 'resident, MB': 110 },
]);

describe('the curves', () => {
  test('are drawn through the medians of what was measured, and of nothing else', () => {
    expect(scalingPanels(LONG_RUN)).toEqual([
      {
        title: 'Calls of the client: memory',
        across: 'calls',
        up: 'MB',
        curves: [
          {
            name: 'resident',
            points: [
              [1000, 100],
              [10_000, 110],
            ],
          },
          {
            name: 'heap',
            points: [
              [1000, 10],
              [10_000, 20],
            ],
          },
        ],
      },
    ]);
  });

  test('give times in seconds, also those that were measured as a multiple of another', () => {
    const row = (rows: number, ms: number) => ({
      rows,
      'csv-parse alone, ms': ms,
      'read and checked: times that': 2,
      'planned: times that': 4,
      'peak memory reading, MB': 50,
      'peak memory planning, MB': 80,
    });
    const [time] = scalingPanels(resultOf('large', [row(10_000, 500), row(100_000, 3000)]));
    expect(time?.curves).toEqual([
      {
        name: 'planned',
        points: [
          [10_000, 2],
          [100_000, 12],
        ],
      },
      {
        name: 'read and checked',
        points: [
          [10_000, 1],
          [100_000, 6],
        ],
      },
      {
        name: 'csv-parse alone',
        points: [
          [10_000, 0.5],
          [100_000, 3],
        ],
      },
    ]);
  });

  test('of a bench that has not been run are left out', () => {
    expect(scalingPanels({})).toEqual([]);
  });
});

describe('the drawing', () => {
  const svg = drawPanels(scalingPanels(LONG_RUN));

  test('puts ten times as much equally far from each other, whatever the size', () => {
    const panel = (sizes: readonly number[]) => [
      {
        title: 't',
        across: 'x',
        up: 'y',
        curves: [{ name: 'c', points: sizes.map((size) => [size, size] as const) }],
      },
    ];
    const across = [...drawPanels(panel([1, 10, 100])).matchAll(/<circle cx="([\d.]+)"/g)].map(([, x]) =>
      Number(x),
    );
    expect(across).toEqual([56, 221, 386]);
  });

  test('names axes and curves, and has a tick at each power of ten', () => {
    const words = [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, word]) => word);
    expect(words).toEqual([
      'Calls of the client: memory',
      '1k',
      '10k',
      '10',
      '100',
      '1k',
      'calls',
      'MB',
      'resident',
      'heap',
    ]);
  });

  test('lets no text break out of the picture', () => {
    const evil = { title: '<script>"&', across: '', up: '', curves: [] };
    expect(
      drawPanels([
        {
          ...evil,
          curves: [
            {
              name: 'c',
              points: [
                [1, 1],
                [10, 10],
              ],
            },
          ],
        },
      ]),
    ).toContain('aria-label="&lt;script>&quot;&amp;"');
  });
});
