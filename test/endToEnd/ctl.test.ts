import { nothingLearned } from '../../shared/model/ownership.ts';
import { type AppUnderTest, hostKeys } from './appUnderTest.ts';
import { type CloudUnderTest, startCloud, windowThatIsOn } from './cloudUnderTest.ts';
import { type CtlEnd, documentOf, operateHere, runCtl, runOf } from './ctlProcess.ts';
import { reportId, UNKNOWN_REPORT } from './emulatorDoor.ts';

jest.setTimeout(120_000);

const many = Array.from({ length: 300 }, (_, at) => reportId(100 + at));

describe('the operator’s command', () => {
  const held = reportId(30);
  const shown: string[] = [];
  let cloud: CloudUnderTest;
  let app: AppUnderTest;
  const by =
    (run: typeof runCtl) =>
    async (argv: readonly string[], input = '', key = hostKeys.function): Promise<CtlEnd> => {
      const env = { INTERMISSION_URL: app.host.url, INTERMISSION_KEY: key };
      const end = await run(argv, env, input);
      shown.push(end.stdout, end.stderr);
      return end;
    };
  const ctl = by(operateHere);
  /** The same in a process of its own, as people call it. */
  const shell = by(runCtl);
  beforeAll(async () => {
    cloud = await startCloud();
    const far = { startTime: '2099-01-05T18:00:00Z', recurrenceCount: 10 };
    const reports = [...Array.from({ length: 45 }, (_, at) => reportId(at + 1)), ...many];
    await cloud.emulator.admin('PUT', 'state', {
      reports: reports.map((id) => ({
        ...{ ...far, reportId: id, reportName: `report ${Number(id.slice(-12))}` },
        reportStatus: id > reportId(40) && id <= reportId(45) ? 'Paused' : 'Active',
      })),
    });
    app = await cloud.start(windowThatIsOn([held]));
  });
  afterAll(async () => {
    await cloud.stop();
    expect(shown.filter((text) => text.includes(hostKeys.function))).toEqual([]);
  });

  test('pause pauses, lists the reports and ends with 0', async () => {
    const ids = [reportId(1), reportId(2)];

    const { exitCode, stdout, stderr } = await shell(['pause', ...ids, '--duration', 'PT4H']);

    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(new RegExp(`report 1 +${ids[0]} +Paused +paused`));
    expect(stdout).toContain('pause: 2 paused. All done. Run ');
    expect(await cloud.emulator.statuses(ids)).toEqual(['Paused', 'Paused']);
  });

  test('pause --dry-run tells what would be done, and does it not', async () => {
    const [active, paused] = [reportId(11), reportId(41)];

    const { exitCode, stdout } = await ctl(['pause', active, paused, '--dry-run']);

    expect(exitCode).toBe(0);
    expect(stdout).toMatch(new RegExp(`report 11 +${active} +Active +paused +would be paused`));
    expect(stdout).toContain('DRY RUN, nothing was done. pause would come to: 1 paused, 1 foreign.');
    expect(await cloud.emulator.statuses([active])).toEqual(['Active']);
    expect((await ctl(['why', active])).stdout).toContain('Nothing holds it');
  });

  test('pause --name pauses what matches, and names what is near where nothing does', async () => {
    const by = ['pause', '--duration', 'PT4H', '--name'];

    const near = await ctl([...by, 'raport 12']);
    const paused = await ctl([...by, 'REPORT 12']);

    expect([near.exitCode, near.stdout]).toEqual([1, '']);
    expect(near.stderr).toContain(`report 12 (${reportId(12)})`);
    expect(paused.exitCode).toBe(0);
    expect(paused.stdout).toContain('pause: 1 paused. All done.');
    expect(await cloud.emulator.statuses([reportId(12)])).toEqual(['Paused']);
    expect((await ctl(['resume', '--name', 'report 12'])).exitCode).toBe(0);
  });

  test('reports lists those that are asked for, however many pages they take', async () => {
    await ctl(['pause', reportId(13)]);

    const held = await ctl(['reports', '--held', '--name', 'report 1?']);
    const some = await ctl(['reports', '--limit', '2', '--name', 'report 10?', '--json']);

    expect(held.exitCode).toBe(0);
    expect(held.stdout).toMatch(new RegExp(`report 13 +${reportId(13)} +Paused +Held by a request by`));
    expect(held.stdout).not.toContain('report 14 ');
    expect(documentOf(some)).toMatchObject({
      answer: { isCut: true, reports: [{ reportName: 'report 100' }, { reportName: 'report 101' }] },
    });
  });

  test('pause says until when before it is sent, and how it was read after it is done; and so without an end', async () => {
    const until = ['--until', '2098-07-01 06:00 Europe/Amsterdam'];

    const ended = await ctl(['pause', reportId(14), ...until]);
    const endless = await ctl(['pause', reportId(15)]);
    const unclear = await ctl(['pause', reportId(16), '--until', 'soon']);

    expect(ended.stderr).toContain('--until is read as 2098-07-01 06:00 +02:00 (04:00Z), Europe/Amsterdam');
    expect(ended.stdout).toContain('Until 2098-07-01 06:00 +02:00 (04:00Z).');
    expect(endless.stdout).toContain('It has no end: the reports stay paused until somebody resumes them.');
    expect([unclear.exitCode, unclear.stdout]).toEqual([2, '']);
    expect(await cloud.emulator.statuses([14, 15, 16].map(reportId))).toEqual(['Paused', 'Paused', 'Active']);
  });

  test('why tells who holds a report, why, until when, and what was done to it', async () => {
    await ctl(['pause', reportId(3), '--until', '2098-07-01T10:00:00Z', '--reason', 'moving house']);

    const { exitCode, stdout } = await ctl(['why', reportId(3)]);

    expect(exitCode).toBe(0);
    expect(stdout).toContain(`report 3 (${reportId(3)}, account default) is Paused, paused by us.`);
    expect(stdout).toMatch(/A request by .+ \("moving house"\), from .+ holds it\./);
    expect(stdout).toContain('Expected resume: 2098-07-01 12:00 +02:00 (10:00Z).');
    expect(stdout).toMatch(/^paused +\S+ \S+ .+moving house/m);
  });

  test('accounts tells how many reports of each are looked after, and when it is looked at again', async () => {
    await ctl(['pause', reportId(11)]);

    const { exitCode, stdout } = await ctl(['accounts']);

    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^default +mpn +managedIdentity +[1-9]\d* +\S+ +\S+/m);
    expect(stdout).toContain('1 account, no tick has looked at 1 of them yet.');
  });

  test('why tells by what evidence a pause is ours, link by link', async () => {
    await ctl(['pause', reportId(10)]);
    const instant = /20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ/.source;

    const { stdout } = await ctl(['why', reportId(10)]);
    const { json } = await app.call('GET', `/api/reports/${reportId(10)}`);

    const links = ['read Active', 'our pause sent', 'our pause answered', 'read Paused'];
    expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(
      new RegExp(
        `Evidence: ${links.map((what) => `${what} ${instant}; `).join('')}nothing seen since breaks the chain\\.`,
      ),
    );
    expect(json).toMatchObject({
      evidenceSteps: [
        ...links.map((what) => ({ atUtc: expect.stringMatching(instant), what })),
        { atUtc: null, what: 'nothing seen since breaks the chain' },
      ],
    });
  });

  test('resume brings a report back and ends with 0', async () => {
    await ctl(['pause', reportId(4)]);

    const { exitCode, stdout } = await ctl(['resume', reportId(4)]);

    expect([exitCode, stdout]).toEqual([0, expect.stringContaining('resume: 1 resumed. All done.')]);
    expect(await cloud.emulator.statuses([reportId(4)])).toEqual(['Active']);
  });

  test('resume by the name of the request brings back what that pause holds', async () => {
    await ctl(['pause', reportId(5), reportId(6), '--request', 'change-1']);

    const { exitCode } = await ctl(['resume', '--request', 'change-1']);

    expect(exitCode).toBe(0);
    expect(await cloud.emulator.statuses([reportId(5), reportId(6)])).toEqual(['Active', 'Active']);
  });

  test('a report that a window still holds is not resumed: 1, and what to do is told', async () => {
    expect((await ctl(['tick'])).exitCode).toBe(0);
    await ctl(['pause', held]);

    const { exitCode, stdout } = await ctl(['resume', held]);

    expect(exitCode).toBe(1);
    expect(stdout).toContain('NOT ALL DONE: 1 of 1.');
    expect(stdout).toContain('--include-windows');
    expect(await cloud.emulator.statuses([held])).toEqual(['Paused']);

    expect((await ctl(['resume', held, '--include-windows', '--reason', 'needed now'])).exitCode).toBe(0);
    expect(await cloud.emulator.statuses([held])).toEqual(['Active']);
  });

  test('a report that somebody else paused stays so, and resume does not call that done', async () => {
    const { exitCode, stdout } = await ctl(['resume', reportId(41)]);

    expect(exitCode).toBe(1);
    expect(stdout).toContain('foreign');
    expect(await cloud.emulator.statuses([reportId(41)])).toEqual(['Paused']);
  });

  test('one unknown report beside a known one ends with 1, the unknown one first', async () => {
    const { exitCode, stdout } = await ctl(['pause', reportId(7), UNKNOWN_REPORT]);

    expect(exitCode).toBe(1);
    expect(stdout.indexOf(UNKNOWN_REPORT)).toBeLessThan(stdout.indexOf(reportId(7)));
    expect(await cloud.emulator.statuses([reportId(7)])).toEqual(['Paused']);
  });

  test('none but unknown reports end with 1', async () => {
    expect((await ctl(['pause', UNKNOWN_REPORT])).exitCode).toBe(1);
    expect((await ctl(['why', UNKNOWN_REPORT])).exitCode).toBe(1);
  });

  test('a wrong key ends with 3, is not shown, and nothing is done', async () => {
    const wrong = 'a-key-that-opens-nothing';
    const before = await cloud.emulator.lastSeq();

    const { exitCode, stdout, stderr } = await shell(['pause', reportId(8)], '', wrong);

    expect([exitCode, stdout]).toEqual([3, '']);
    expect(stderr).toMatch(/^ctl: .+refused the sign-in \(401\): check --key or INTERMISSION_KEY.+\n$/);
    expect(stderr).not.toContain(wrong);
    expect(await cloud.emulator.requests(`sinceSeq=${before}`)).toEqual([]);
  });

  test('what the app refuses names the flag and ends with 2', async () => {
    const { exitCode, stderr } = await ctl(['pause', reportId(8), '--until', '2001-01-01T00:00:00Z']);

    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('--until must be in the future')]);
  });

  test('--json prints one document with the run, and one with the error', async () => {
    const done = await shell(['pause', reportId(9), '--json']);
    const refused = await ctl(['pause', reportId(9), '--duration', 'soon', '--json']);

    expect(documentOf(done)).toMatchObject({ ok: true, exitCode: 0, command: 'pause' });
    expect(runOf(done).summary).toEqual({ paused: 1 });
    expect(documentOf(refused)).toMatchObject({
      ...{ ok: false, exitCode: 2 },
      error: { code: 'invalid_request_body', message: expect.stringContaining('--duration') },
    });
  });

  test('status tells what is ours and what is foreign, and counts the rest', async () => {
    const { exitCode, stdout } = await ctl(['status']);

    expect(exitCode).toBe(0);
    const [ours, foreign] = [stdout.indexOf(reportId(9)), stdout.indexOf(reportId(41))];
    expect(ours).toBeGreaterThan(0);
    expect(foreign).toBeGreaterThan(ours);
    expect(stdout).toContain('Window default is open until ');
    expect(stdout).toMatch(/5 foreign, .*reports as usual\.$/m);
    expect(stdout).not.toContain(reportId(20));
  });

  test('plan and windows tell what comes', async () => {
    const inTwoDays = new Date(Date.now() + 2 * 86_400_000).toISOString();

    const plan = await ctl(['plan', '--until', inTwoDays]);
    const windows = await ctl(['windows']);

    expect([plan.exitCode, windows.exitCode]).toEqual([0, 0]);
    expect(plan.stdout).toMatch(/^default +\d{4}-.+1 pause/m);
    expect(windows.stdout).toMatch(
      /^default +default +OPEN +UTC +At \d\d:\d\d, in UTC, for 1 hour; open until .+; selects 1 report: report 30/m,
    );
  });

  test('health tells that all is in order, and which zone data windows are reckoned with', async () => {
    const { exitCode, stdout } = await ctl(['health']);

    expect(exitCode).toBe(0);
    expect(stdout).toContain('The app is ok, version 0.1.0.');
    expect(stdout).toMatch(/tz database 20\d\d[a-z]/);
  });

  test('health tells what was learned of an account, and relearn has it forgotten and leaves reports as they are', async () => {
    await ctl(['pause', reportId(11)]);
    const before = await ctl(['health']);

    const forgot = await ctl(['relearn', '--account', 'default', '--reason', 'the service was restored']);
    const { status, json } = await app.call('GET', '/api/health/details?account=default');
    const why = await ctl(['why', reportId(11)]);

    expect(before.stdout).toMatch(
      /^Learned of account default: our changes move .+; a pause of ours was read;/m,
    );
    expect([forgot.exitCode, forgot.stdout]).toEqual([
      0,
      expect.stringContaining('relearn: no report concerned. All done.'),
    ]);
    expect([status, json]).toMatchObject([
      200,
      {
        learned: [
          {
            account: 'default',
            ...nothingLearned,
            words: expect.stringContaining('no pause of ours was read yet'),
          },
        ],
      },
    ]);
    expect(why.stdout).toContain('is Paused, paused by us.');
    expect(await ctl(['relearn', '--account', 'nowhere', '--reason', 'x'])).toMatchObject({
      exitCode: 1,
      stdout: expect.stringContaining('no account "nowhere" is configured'),
    });
  });

  test('what was learned is not forgotten without a reason', async () => {
    const { status, json } = await app.call('POST', '/api/accounts/default/relearn', {
      body: { reason: ' ' },
    });

    expect([status, json]).toMatchObject([400, { errors: [{ pointer: '/reason' }] }]);
  });

  test('a run of 300 reports, read from standard input, shows its progress and ends when it is done', async () => {
    const input = many.join('\n');

    const paused = await shell(['pause', '-', '--request', 'big', '--json'], input);
    const { runId } = runOf(paused);
    const looked = await ctl(['runs', runId]);
    const notAwaited = await ctl(['resume', '-', '--wait', '0'], input);
    const [, resumeId = ''] = /"runs (\S+)" waits for it/.exec(notAwaited.stdout) ?? [];
    const resumed = await ctl(['runs', resumeId]);

    expect(paused.exitCode).toBe(0);
    expect(paused.stderr).toMatch(new RegExp(`^Run ${runId} is working: \\d+ of 300 reports done$`, 'm'));
    expect(runOf(paused).summary).toEqual({ paused: 300 });
    expect([looked.exitCode, looked.stdout]).toEqual([0, expect.stringContaining('pause: 300 paused.')]);
    expect(looked.stdout).toContain('... and 260 more as they should be');
    expect(notAwaited.exitCode).toBe(1);
    expect([resumed.exitCode, resumed.stdout]).toEqual([0, expect.stringContaining('300 resumed.')]);
    expect(new Set(await cloud.emulator.statuses(many))).toEqual(new Set(['Active']));
    expect(shown.some((text) => text.includes('token='))).toBe(false);
  });

  test('drain asks for --yes, and then brings back all that is ours', async () => {
    expect(await ctl(['drain'])).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--yes') });
    expect(await cloud.emulator.statuses([reportId(9)])).toEqual(['Paused']);

    const { exitCode } = await ctl(['drain', '--yes']);

    expect(exitCode).toBe(0);
    expect(await cloud.emulator.statuses([reportId(9), reportId(41)])).toEqual(['Active', 'Paused']);
  });
});
