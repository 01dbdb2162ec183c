import {
  azureDaily,
  type EmulatorUnderTest,
  mpn,
  oneReport,
  pausedByDana,
  startEmulatorUnderTest,
} from '../contract/emulatorUnderTest.ts';

describe('the emulator’s faults: whom they strike', () => {
  let emulator: EmulatorUnderTest;
  beforeEach(async () => {
    emulator = await startEmulatorUnderTest();
  });
  afterEach(() => emulator.close());
  const play = (...faults: object[]) => emulator.admin('POST', 'faults', faults);
  const statusOf = async (id: string) => /"reportStatus":"(\w+)"/.exec((await emulator.get(id)).text)?.[1];

  describe('a person acts at the same time', () => {
    test('just before our pause: the change is theirs', async () => {
      await play({ kind: 'humanActs', operation: 'pauseReport', action: 'pause', by: 'kim' });

      expect((await emulator.pause(azureDaily)).status).toBe(200);
      expect(await emulator.admin('GET', 'changes')).toMatchObject([
        { operation: 'human.pause', by: { userName: 'kim' } },
      ]);
    });

    test('just after our pause: resumed before we read', async () => {
      await play({ kind: 'humanActs', operation: 'pauseReport', action: 'resume', by: 'kim', when: 'after' });

      expect((await emulator.pause(azureDaily)).json).toEqual(oneReport({ reportStatus: 'Paused' }));
      expect(await statusOf(azureDaily)).toBe('Active');
    });

    test('on another report than the one asked for', async () => {
      await play({
        kind: 'humanActs',
        operation: 'getReports',
        action: 'resume',
        by: 'kim',
        onReportId: pausedByDana,
      });

      await emulator.call('GET', `${mpn}/ScheduledReport`);
      expect(await statusOf(pausedByDana)).toBe('Active');
    });

    test('deletes it', async () => {
      await play({ kind: 'humanActs', operation: 'pauseReport', action: 'delete', by: 'kim' });

      expect((await emulator.pause(azureDaily)).status).toBe(404);
    });
  });

  describe('which requests are struck', () => {
    test('only those that match, after the ones skipped, as often as asked', async () => {
      await play({
        kind: 'status500',
        operation: 'pauseReport',
        reportId: azureDaily,
        method: 'PUT',
        skip: 1,
        times: 2,
      });

      const statuses: number[] = [
        (await emulator.pause(pausedByDana)).status,
        (await emulator.get(azureDaily)).status,
      ];
      for (let nr = 0; nr < 4; nr += 1) {
        statuses.push((await emulator.pause(azureDaily)).status);
      }
      expect(statuses).toEqual([200, 200, 200, 500, 500, 200]);
      expect(await emulator.admin('GET', 'faults')).toEqual([]);
    });

    test('the oldest first, one a request', async () => {
      await play({ kind: 'status500' }, { kind: 'forbidden' });

      const statuses = [
        await emulator.pause(azureDaily),
        await emulator.pause(azureDaily),
        await emulator.pause(azureDaily),
      ];
      expect(statuses.map(({ status }) => status)).toEqual([500, 403, 200]);
    });

    test('none that the token check refused', async () => {
      await play({ kind: 'status500' });

      expect((await emulator.pause(azureDaily, { token: null })).status).toBe(401);
      expect((await emulator.pause(azureDaily)).status).toBe(500);
    });

    test('all of them until they are cleared, when times is null', async () => {
      await play({ kind: 'status500', times: null });
      await emulator.pause(azureDaily);
      expect(await emulator.admin('GET', 'faults')).toMatchObject([
        { kind: 'status500', struck: 1, times: null },
      ]);

      await emulator.admin('DELETE', 'faults');
      expect((await emulator.pause(azureDaily)).status).toBe(200);
    });
  });
});
