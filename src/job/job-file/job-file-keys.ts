import { z } from 'zod';
import { jobFileSchema } from './job-file-schema.ts';
import type { Path } from './yaml-value.ts';

interface Shape {
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly items?: Shape;
  readonly anyOf?: readonly Shape[];
  readonly oneOf?: readonly Shape[];
}

/** The keys that a map at that path of a job file may have: of every form that it can take. */
export function keysAt(path: Path): readonly string[] {
  let shapes: readonly Shape[] = formsOf(z.toJSONSchema(jobFileSchema, { io: 'input' }) as Shape);
  for (const step of path) {
    shapes = shapes
      .flatMap((shape) => (typeof step === 'number' ? shape.items : shape.properties?.[step]) ?? [])
      .flatMap(formsOf);
  }
  return [...new Set(shapes.flatMap(({ properties }) => Object.keys(properties ?? {})))];
}

const formsOf = (shape: Shape): readonly Shape[] => {
  const forms = shape.anyOf ?? shape.oneOf;
  return forms === undefined ? [shape] : forms.flatMap(formsOf);
};
