import { join } from 'node:path';
import ts from 'typescript';
import { ROOT } from '../../samples/support/built.ts';
import type { Kind, Resource } from './kubernetes.ts';

const IMPORTS: Readonly<Record<Kind, string>> = {
  CronJob: 'kubernetes-models/batch/v1/CronJob',
  ConfigMap: 'kubernetes-models/v1/ConfigMap',
  Namespace: 'kubernetes-models/v1/Namespace',
  PersistentVolumeClaim: 'kubernetes-models/v1/PersistentVolumeClaim',
  ServiceAccount: 'kubernetes-models/v1/ServiceAccount',
};

const OPTIONS: ts.CompilerOptions = {
  module: ts.ModuleKind.NodeNext,
  target: ts.ScriptTarget.ES2022,
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  types: [],
};

/**
 * What TypeScript says about resources written out as literals of their types. The schemas of kubernetes-models let
 * unknown keys pass, as Kubernetes prunes them in silence; a literal with a key that its type does not have is an error.
 */
export function typeProblems(resources: readonly Resource[]): string[] {
  const path = join(ROOT, 'test', 'jobs', 'written-out.ts');
  const text = resources
    .map(
      (resource, index) =>
        `import type { I${resource.kind} as T${index} } from '${IMPORTS[resource.kind]}';\n` +
        `export const r${index}: T${index} = ${JSON.stringify(resource)};\n`,
    )
    .join('');
  const host = ts.createCompilerHost(OPTIONS);
  const { fileExists, getSourceFile } = host;
  host.fileExists = (name) => name === path || fileExists(name);
  host.getSourceFile = (name, ...rest) =>
    name === path
      ? ts.createSourceFile(name, text, ts.ScriptTarget.ES2022)
      : getSourceFile.call(host, name, ...rest);
  const program = ts.createProgram([path], OPTIONS, host);
  const file = program.getSourceFile(path);
  return program
    .getSemanticDiagnostics(file)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}
