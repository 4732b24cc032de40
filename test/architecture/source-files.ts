import { readdirSync } from 'node:fs';

const ENDING = /((\.[a-z]+)?\.test|\.d)?\.(ts|mjs)$/;
const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const TURNED_OFF =
  /\b(describe|it|test)(\.each|\.concurrent|\.sequential)?\.(only|skip|todo|fails)\b|\b[xf](it|describe)\(/g;

/** All program files in a folder and below it, from the root of the repository. */
export function programFiles(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => ENDING.test(name))
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`);
}

/** @returns the paths with a part that is not in kebab case */
export function otherNames(paths: readonly string[]): readonly string[] {
  return paths.filter(
    (path) =>
      !path
        .replace(ENDING, '')
        .split('/')
        .every((part) => KEBAB.test(part)),
  );
}

/** @returns the calls in a test file that keep a test from running, or from counting */
export function turnedOff(text: string): readonly string[] {
  return [...text.matchAll(TURNED_OFF)].map(([call]) => call);
}
