// Edits of the configuration in the middle of a window, and nights on which the clocks change.
import { underAnyBehaviour } from '../../scenario/underEachBehaviour.ts';

const from = '2026-01-20T22:00:00Z';
const until = '2026-01-20T23:00:00Z';
const night = { name: 'night', reports: ['A'], when: [from, until] as const };

underAnyBehaviour('Windows', (scenario) => {
  scenario('renaming a window while it is on neither resumes nor pauses anything', async (s) => {
    await s.given({ reports: { A: 'Active' }, windows: [night] });
    await s.at('22:00').tick();
    await s.at('22:07').configure({ windows: [{ ...night, name: 'maintenance' }] });
    await s.at('22:10').tick();
    await s.expectHolds({ A: ['live window maintenance'] });
    await s.at('23:00').tick();
    await s.expectChangesByUs(['pause A', 'resume A']);
  });

  scenario('renaming a window does not make a person’s pause ours', async (s) => {
    await s.given({ reports: { A: 'Paused' }, windows: [night] });
    await s.at('22:00').tick();
    await s.at('22:02').human('dana').resumes('A');
    await s.at('22:07').configure({ windows: [{ ...night, name: 'maintenance' }] });
    await s.tickUntil('22:15');
    await s.expectHolds({ A: ['foreign window maintenance'] });
    await s.expectStatuses({ A: 'Active' });
    await s.at('23:00').tick();
    await s.expectChangesByUs([]);
  });

  scenario('renaming a window does not pause again what a person resumed', async (s) => {
    await s.given({ reports: { A: 'Active' }, windows: [night] });
    await s.at('22:00').tick();
    await s.at('22:07').human('dana').resumes('A');
    await s.tickUntil('22:15');
    await s.at('22:17').configure({ windows: [{ ...night, name: 'maintenance' }] });
    await s.tickUntil('22:30');
    await s.at('23:00').tick();
    await s.expectChangesByUs(['pause A']);
  });

  scenario('moving the start of a window that is on neither resumes nor pauses anything', async (s) => {
    await s.given({ reports: { A: 'Active' }, windows: [night] });
    await s.at('22:00').tick();
    await s.at('22:07').configure({ windows: [{ ...night, when: ['2026-01-20T21:45:00Z', until] }] });
    await s.tickUntil('22:15');
    await s.at('23:00').tick();
    await s.expectChangesByUs(['pause A', 'resume A']);
  });

  scenario('a later end keeps the report paused for longer', async (s) => {
    await s.given({ reports: { A: 'Active' }, windows: [night] });
    await s.at('22:00').tick();
    await s.at('22:58').configure({ windows: [{ ...night, when: [from, '2026-01-20T23:30:00Z'] }] });
    await s.at('23:00').tick();
    await s.expectStatuses({ A: 'Paused' });
    await s.at('23:30').tick();
    await s.expectChangesByUs(['pause A', 'resume A']);
  });

  scenario('an earlier end gives the report back sooner', async (s) => {
    await s.given({ reports: { A: 'Active' }, windows: [night] });
    await s.at('22:00').tick();
    await s.at('22:07').configure({ windows: [{ ...night, when: [from, '2026-01-20T22:15:00Z'] }] });
    await s.at('22:10').tick();
    await s.expectStatuses({ A: 'Paused' });
    await s.at('22:15').tick();
    await s.expectStatuses({ A: 'Active' });
    await s.tickUntil('22:25');
    await s.expectChangesByUs(['pause A', 'resume A']);
  });

  scenario('moving a window into the future gives the report back until it begins', async (s) => {
    await s.given({ reports: { A: 'Active' }, windows: [night] });
    await s.at('22:00').tick();
    const later = ['2026-01-20T23:00:00Z', '2026-01-20T23:30:00Z'] as const;
    await s.at('22:07').configure({ windows: [{ ...night, when: later }] });
    await s.at('22:10').tick();
    await s.expectStatuses({ A: 'Active' });
    await s.at('23:00').tick();
    await s.at('23:30').tick();
    await s.expectChangesByUs(['pause A', 'resume A', 'pause A', 'resume A']);
  });

  scenario('a switch to observing resumes what is ours at the end and pauses nothing more', async (s) => {
    const other = { name: 'other', reports: ['B'], when: ['2026-01-20T22:30:00Z', until] as const };
    await s.given({ reports: { A: 'Active', B: 'Active' }, windows: [night, other] });
    await s.at('22:00').tick();
    await s.at('22:12').configure({ settings: { MODE: 'observe' } });
    await s.tickUntil('22:30');
    await s.expectStatuses({ A: 'Paused', B: 'Active' });
    s.expectCodes({ A: 'held', B: 'observe_mode' });
    await s.at('23:00').tick();
    await s.expectChangesByUs(['pause A', 'resume A']);
  });

  scenario(
    'switched off, it does nothing, says what it owns, and goes on when it is switched on',
    async (s) => {
      await s.given({ reports: { A: 'Active' }, windows: [night] });
      await s.at('22:00').tick();
      await s.at('22:12').configure({ settings: { MODE: 'off' } });
      await s.at('22:15').tick();
      await s.at('23:05').tick();
      s.expectProblems(['owned_while_off']);
      await s.expectStatuses({ A: 'Paused' });
      await s.at('23:07').configure({ settings: { MODE: 'act' } });
      await s.at('23:10').tick();
      await s.expectChangesByUs(['pause A', 'resume A']);
    },
  );

  scenario('another spelling of the tenant still finds what is ours', async (s) => {
    await s.given({
      reports: { A: 'Active' },
      windows: [night],
      settings: { TENANT_ID: 'ABCDEFAB-1111-4111-8111-111111111111' },
    });
    await s.at('22:00').tick();
    await s.at('22:12').configure({ settings: { TENANT_ID: 'abcdefab-1111-4111-8111-111111111111' } });
    await s.at('23:00').tick();
    s.expectProblems([]);
    await s.expectChangesByUs(['pause A', 'resume A']);
  });

  scenario(
    'what is owned under an account that is gone from the settings is alarmed until it is back',
    async (s) => {
      await s.given({ reports: { A: 'Active' }, windows: [night] });
      await s.at('22:00').tick();
      await s
        .at('22:12')
        .configure({ settings: { TENANT_ID: '99999999-9999-4999-8999-999999999999' }, windows: [] });
      await s.at('23:05').tick();
      s.expectProblems(['account_missing']);
      await s.at('23:10').tick();
      s.expectProblems(['account_missing']);
      await s.expectStatuses({ A: 'Paused' });
      await s.at('23:12').configure({ settings: { TENANT_ID: undefined }, windows: [night] });
      await s.at('23:15').tick();
      await s.expectChangesByUs(['pause A', 'resume A']);
    },
  );

  scenario('a window crosses midnight, the end of a month and the end of February', async (s) => {
    const when = { start: '30 23 * * *', duration: 'PT1H', timeZone: 'UTC' };
    await s.given({ at: '2026-02-28T20:00:00Z', reports: { A: 'Active' }, windows: [{ ...night, when }] });
    await s.at('23:25').tick();
    await s.at('23:30').tick();
    await s.expectStatuses({ A: 'Paused' });
    await s.at('2026-03-01T00:00:00Z').tick();
    await s.at('00:25').tick();
    await s.expectStatuses({ A: 'Paused' });
    await s.at('00:30').tick();
    await s.expectChangesByUs(['pause A', 'resume A']);
  });

  scenario(
    'where the clocks go forward, a start that does not exist moves to the first instant after the gap',
    async (s) => {
      const when = { start: '30 2 * * *', duration: 'PT1H', timeZone: 'Europe/Berlin' };
      await s.given({ at: '2026-03-29T00:30:00Z', reports: { A: 'Active' }, windows: [{ ...night, when }] });
      await s.at('00:55').tick();
      await s.expectStatuses({ A: 'Active' });
      await s.at('01:00').tick();
      await s.expectStatuses({ A: 'Paused' });
      await s.at('01:55').tick();
      await s.expectStatuses({ A: 'Paused' });
      await s.at('02:00').tick();
      await s.expectChangesByUs(['pause A', 'resume A']);
    },
  );

  scenario(
    'where the clocks go back, the first of the two starts counts, and the duration is elapsed time',
    async (s) => {
      const when = { start: '30 2 * * *', duration: 'PT1H', timeZone: 'Europe/Berlin' };
      await s.given({ at: '2026-10-25T00:00:00Z', reports: { A: 'Active' }, windows: [{ ...night, when }] });
      await s.at('00:25').tick();
      await s.expectStatuses({ A: 'Active' });
      await s.at('00:30').tick();
      await s.expectStatuses({ A: 'Paused' });
      await s.at('01:30').tick();
      await s.expectStatuses({ A: 'Active' });
      await s.tickUntil('02:00');
      await s.expectChangesByUs(['pause A', 'resume A']);
    },
  );

  scenario('a window that ends at 06:00 ends then in the night of autumn too, an hour later', async (s) => {
    const when = { start: '0 22 * * 6', end: '06:00', timeZone: 'Europe/Berlin' };
    await s.given({ at: '2026-10-24T19:00:00Z', reports: { A: 'Active' }, windows: [{ ...night, when }] });
    await s.at('19:55').tick();
    await s.at('20:00').tick();
    await s.at('2026-10-25T04:55:00Z').tick();
    await s.expectStatuses({ A: 'Paused' });
    await s.at('05:00').tick();
    await s.expectChangesByUs(['pause A', 'resume A']);
  });

  scenario('a window pauses on its last date, and no more after it', async (s) => {
    const when = { start: '0 22 * * *', duration: 'PT1H', timeZone: 'UTC', validTo: '2026-01-20' };
    await s.given({ reports: { A: 'Active' }, windows: [{ ...night, when }] });
    await s.at('22:00').tick();
    await s.expectStatuses({ A: 'Paused' });
    await s.at('23:00').tick();
    await s.at('2026-01-21T22:00:00Z').tick();
    await s.at('22:30').tick();
    await s.expectChangesByUs(['pause A', 'resume A']);
  });

  scenario('a window over the night of the spring change lasts its elapsed time', async (s) => {
    const when = { start: '0 22 * * 6', duration: 'PT8H', timeZone: 'Europe/Berlin' };
    await s.given({ at: '2026-03-28T20:00:00Z', reports: { A: 'Active' }, windows: [{ ...night, when }] });
    await s.at('20:55').tick();
    await s.at('21:00').tick();
    await s.at('2026-03-29T04:55:00Z').tick();
    await s.expectStatuses({ A: 'Paused' });
    await s.at('05:00').tick();
    await s.expectChangesByUs(['pause A', 'resume A']);
  });

  scenario(
    'the simple settings make a window, and without a duration it lasts until the next start',
    async (s) => {
      const settings = {
        REPORT_IDS: s.idOf('A'),
        PAUSE_SCHEDULE: '0 22 * * *',
        PAUSE_DURATION: 'PT1H',
        TIME_ZONE: 'UTC',
      };
      await s.given({ reports: { A: 'Active', B: 'Active' }, settings });
      await s.at('22:00').tick();
      await s.expectStatuses({ A: 'Paused', B: 'Active' });
      await s.at('23:00').tick();
      await s.expectChangesByUs(['pause A', 'resume A']);
      await s.at('2026-01-21T21:00:00Z').configure({ settings: { PAUSE_DURATION: '' } });
      await s.at('22:00').tick();
      await s.at('2026-01-22T21:55:00Z').tick();
      await s.at('22:00').tick();
      await s.expectChangesByUs(['pause A', 'resume A', 'pause A']);
      await s.expectStatuses({ A: 'Paused' });
    },
  );
});
