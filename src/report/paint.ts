import { styleText } from 'node:util';

export type Paint = Readonly<Record<'heading' | 'good' | 'bad' | 'caution' | 'faint', Brush>>;
type Brush = (text: string) => string;

/** Colours only underline what the words say already. */
export function createPaint(color: boolean): Paint {
  const brush =
    (style: Parameters<typeof styleText>[0]): Brush =>
    (text) =>
      // The caller has decided about colour; Node's own look at the terminal would decide again.
      color && text !== '' ? styleText(style, text, { validateStream: false }) : text;
  return {
    heading: brush('bold'),
    good: brush('green'),
    bad: brush('red'),
    caution: brush('yellow'),
    faint: brush('dim'),
  };
}
