import { readFileSync } from 'node:fs';
import { listFiles, readSources } from '../architecture/sourceFiles.ts';

describe('scripts of other websites', () => {
  test('are let in by no template and no setting of the host', () => {
    const files = [
      'host.json',
      'local.settings.sample.json',
      ...listFiles('infra', /\.(?:bicep|bicepparam|json)$/),
    ];
    const switchedOn = files.filter((path) => /["']?\bcors["']?\s*:/i.test(readFileSync(path, 'utf8')));

    expect(switchedOn).toEqual([]);
  });

  test('get no header of CORS from any door', () => {
    const sources = readSources('shared', 'functions');

    expect(sources.length).toBeGreaterThan(100);
    expect(sources.filter(({ code }) => /access-control-/i.test(code)).map(({ path }) => path)).toEqual([]);
  });
});
