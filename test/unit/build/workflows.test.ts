import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const FOLDER = '.github/workflows';

const stepShape = z.strictObject({
  name: z.string().optional(),
  uses: z.string().optional(),
  run: z.string().optional(),
  with: z.record(z.string(), z.unknown()).default({}),
  env: z.record(z.string(), z.string()).default({}),
  'working-directory': z.string().optional(),
});
const permissionsShape = z.record(z.string(), z.enum(['read', 'write']));
const jobShape = z.strictObject({
  needs: z.string().optional(),
  'runs-on': z.string(),
  'timeout-minutes': z.number().max(60),
  environment: z.string().optional(),
  strategy: z.object({ matrix: z.object({ node: z.array(z.string()) }) }).optional(),
  permissions: permissionsShape.default({}),
  env: z.record(z.string(), z.string()).default({}),
  steps: z.array(stepShape),
});
const workflowShape = z.strictObject({
  name: z.string(),
  on: z.record(z.string(), z.unknown()),
  permissions: z.strictObject({ contents: z.literal('read') }),
  concurrency: z.object({ group: z.string(), 'cancel-in-progress': z.boolean() }),
  jobs: z.record(z.string(), jobShape),
});

const workflows = readdirSync(FOLDER).map((file) => {
  const text = readFileSync(join(FOLDER, file), 'utf8');
  return { file, text, workflow: workflowShape.parse(parse(text)) };
});
const jobs = workflows.flatMap(({ file, workflow }) =>
  Object.entries(workflow.jobs).map(([name, job]) => ({ at: `${file} ${name}`, job })),
);
const steps = jobs.flatMap(({ at, job }) => job.steps.map((step) => ({ at, step })));
const jobOf = (at: string) => {
  const found = jobs.find((one) => one.at === at);
  if (found === undefined) {
    throw new Error(`there is no job ${at}`);
  }
  return found.job;
};

describe('the workflows', () => {
  test('may read, and where they may do more, it is this and nothing else', () => {
    const more = jobs.flatMap(({ at, job }) =>
      Object.keys(job.permissions).length > 0 ? [[at, job.permissions]] : [],
    );

    expect(workflows.map(({ file }) => file)).toEqual([
      ...['ci.yml', 'codeql.yml', 'deploy.yml', 'release.yml'],
    ]);
    expect(Object.fromEntries(more)).toEqual({
      'codeql.yml analyze': { contents: 'read', 'security-events': 'write' },
      'deploy.yml deploy': { contents: 'read', 'id-token': 'write', attestations: 'read' },
      'release.yml publish': { contents: 'write', 'id-token': 'write', attestations: 'write' },
    });
  });

  test('run nothing of the project or of a package in a job that may do more than read', () => {
    // Code scanning reads the checkout, and may write what it found and nothing else.
    const privileged = jobs.filter(({ job }) =>
      Object.entries(job.permissions).some(([name, kind]) => kind === 'write' && name !== 'security-events'),
    );
    const running = privileged.flatMap(({ at, job }) =>
      job.steps
        .filter(({ run = '', uses = '' }) => /\b(?:npm|npx|node)\b/.test(run) || uses.includes('checkout'))
        .map(() => at),
    );

    expect(privileged.length).toBe(2);
    expect(running).toEqual([]);
  });

  test('know no secret but the token that GitHub makes for each run', () => {
    const named = workflows.flatMap(({ text }) =>
      [...text.matchAll(/\bsecrets\b[.[]\s*['"]?(\w+)/g)].map(([, name]) => name),
    );

    expect(new Set(named)).toEqual(new Set(['GITHUB_TOKEN']));
    expect(
      workflows.filter(({ text }) =>
        /secrets: inherit|toJSON\(secrets\)|client-secret|publish-profile|creds:/.test(text),
      ),
    ).toEqual([]);
  });

  test('run the actions of others at one commit each, with the version beside it', () => {
    const used = new Set(steps.flatMap(({ step }) => (step.uses === undefined ? [] : [step.uses])));
    const commits = new Map([...used].map((uses) => [uses.split('@')[0], uses]));

    expect([...used].filter((uses) => !/^[\w-]+\/[\w-]+(?:\/\w+)?@[0-9a-f]{40}$/.test(uses))).toEqual([]);
    expect(commits.size).toBe(used.size);
    for (const { text } of workflows) {
      for (const [line] of text.matchAll(/^.*uses:.*$/gm)) {
        expect(line).toMatch(/ # v\d+\.\d+\.\d+$/);
      }
    }
  });

  test('put nothing that somebody may choose into a shell, but hand it over in the environment', () => {
    expect(steps.filter(({ step }) => step.run?.includes('${{')).map(({ at }) => at)).toEqual([]);
  });

  test('leave no token in the checkout', () => {
    const checkouts = steps.filter(({ step }) => step.uses?.startsWith('actions/checkout@'));

    expect(checkouts.length).toBeGreaterThan(1);
    expect(checkouts.filter(({ step }) => step.with['persist-credentials'] !== false)).toEqual([]);
  });

  test('test each change on every version of Node that the app may run on, by the command that people use', () => {
    const { strategy, steps: run } = jobOf('ci.yml test');

    expect(strategy?.matrix.node).toEqual(['22', '24']);
    expect(run.flatMap((step) => step.run ?? [])).toEqual(['npm ci', 'npm test', 'npm run infra:check']);
  });

  test('release only what was tested, and deploy only what was released and is proven to come from here', () => {
    const commands = (at: string) =>
      jobOf(at).steps.map(({ run = '', uses = '' }) => run || uses.replace(/@.*/, ''));
    const place = (all: readonly string[], part: string) =>
      all.findIndex((command) => command.includes(part));
    const [build, deploy] = [commands('release.yml build'), commands('deploy.yml deploy')];

    expect(jobOf('release.yml publish').needs).toBe('build');
    expect(place(build, 'npm test')).toBeGreaterThan(-1);
    expect(place(build, 'npm run package')).toBeGreaterThan(place(build, 'npm test'));
    expect(place(deploy, 'gh attestation verify')).toBeGreaterThan(-1);
    expect(place(deploy, 'azure/login')).toBeGreaterThan(place(deploy, 'gh attestation verify'));
    expect(place(deploy, 'config-zip')).toBeGreaterThan(place(deploy, 'azure/login'));
  });

  test('attest package, checksum and template together, and take a package only from the tag that is asked for', () => {
    const attest = steps.find(({ step }) => step.uses?.startsWith('actions/attest-build-provenance@'));
    const verify = jobOf('deploy.yml deploy').steps.find(({ run }) =>
      run?.includes('gh attestation verify'),
    )?.run;

    expect(String(attest?.step.with['subject-path']).trim().split('\n')).toEqual([
      'package/dist/intermission.zip',
      'package/dist/intermission.zip.sha256',
      'package/infra/azuredeploy.json',
    ]);
    expect(verify).toContain('for file in intermission.zip intermission.zip.sha256; do');
    expect(verify).toContain('--signer-workflow "$GH_REPO/.github/workflows/release.yml"');
    expect(verify).toContain('--source-ref "refs/tags/$TAG"');
    expect(existsSync('.github/workflows/release.yml')).toBe(true);
  });

  test('ask the app for the version that was deployed', () => {
    const last = jobOf('deploy.yml deploy').steps.at(-1)?.run;

    expect(last).toContain('/api/health');
    expect(last).toMatch(/version..:..\$\{TAG#v\}/);
  });

  test('have updates of packages and actions brought to them', () => {
    const { updates } = z
      .object({ updates: z.array(z.looseObject({ 'package-ecosystem': z.string(), directory: z.string() })) })
      .parse(parse(readFileSync('.github/dependabot.yml', 'utf8')));

    expect(updates.map(({ 'package-ecosystem': kind, directory }) => [kind, directory])).toEqual([
      ['npm', '/'],
      ['github-actions', '/'],
    ]);
  });

  test('call only commands and files that the project has', () => {
    const { scripts } = z
      .object({ scripts: z.record(z.string(), z.string()) })
      .parse(JSON.parse(readFileSync('package.json', 'utf8')));
    const called = workflows.flatMap(({ text }) =>
      [...text.matchAll(/\bnpm run ([\w:]+)/g)].map(([, name = '']) => name),
    );

    expect(called.length).toBeGreaterThan(2);
    expect([...new Set(called)].filter((name) => !(name in scripts))).toEqual([]);
    expect(existsSync('infra/azuredeploy.json')).toBe(true);
  });
});
