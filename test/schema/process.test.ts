import { beforeAll, describe, expect, it, vi } from 'vitest';
import { jsonSchema } from '../../src/job/schemas/schemas.ts';
import { SCHEMA_NAMES } from '../../src/model/file-formats.ts';
import { ensureBuilt } from '../samples/support/built.ts';
import { reconcile } from '../samples/support/processes.ts';

beforeAll(ensureBuilt, 120_000);
vi.setConfig({ testTimeout: 60_000 });

describe('rd-reconcile schema', () => {
  it.each(SCHEMA_NAMES)('prints the schema %s', async (name) => {
    const { code, stdout } = await reconcile(['schema', name]);
    expect(JSON.parse(stdout)).toEqual(JSON.parse(JSON.stringify(jsonSchema(name))));
    expect(code).toBe(0);
  });

  it('names the kinds that there are', async () => {
    const { code, stderr } = await reconcile(['schema', 'manifst']);
    expect(stderr).toContain('Allowed choices are manifest, job, plan, report');
    expect(code).toBe(64);
  });
});
