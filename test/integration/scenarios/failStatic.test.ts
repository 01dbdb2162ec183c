// What cannot be read or written: nothing is done, nothing is forgotten, and somebody is told.

import { sampleOf } from '../../../build/sample.ts';
import { underAnyBehaviour } from '../../scenario/underEachBehaviour.ts';

const night = {
  name: 'night',
  reports: ['A', 'B'],
  when: ['2026-01-20T22:00:00Z', '2026-01-20T23:00:00Z'] as const,
};

/** As the settings have it, past the language: what a person could have typed. */
const unreadable = { MAINTENANCE_WINDOWS: '{"windows": []}' };

underAnyBehaviour('Fail static', (scenario) => {
  scenario('windows that cannot be read end no hold before its time and begin none', async (s) => {
    const later = {
      name: 'later',
      reports: ['C'],
      when: ['2026-01-20T22:30:00Z', '2026-01-20T23:00:00Z'] as const,
    };
    await s.given({ reports: { A: 'Active', B: 'Active', C: 'Active' }, windows: [night, later] });
    await s.at('22:00').tick();
    await s.at('22:12').configure({ settings: unreadable });
    await s.tickUntil('22:55');
    s.expectProblems(['windows_invalid']);
    await s.expectStatuses({ A: 'Paused', B: 'Paused', C: 'Active' });
    await s.at('23:00').tick();
    await s.expectStatuses({ A: 'Active', B: 'Active', C: 'Active' });
  });

  scenario('windows that are no JSON end no hold before its time, and end it then', async (s) => {
    await s.given({ reports: { A: 'Active', B: 'Paused' }, windows: [night] });
    await s.at('22:00').tick();
    await s.at('22:12').configure({ settings: { MAINTENANCE_WINDOWS: '[{"name": "night",' } });
    await s.at('22:15').tick();
    s.expectProblems(['windows_invalid']);
    await s.expectStatuses({ A: 'Paused', B: 'Paused' });
    await s.at('23:00').tick();
    await s.expectStatuses({ A: 'Active', B: 'Paused' });
  });

  scenario('an invalid window freezes its own holds and leaves the others working', async (s) => {
    const one = { ...night, reports: ['A'] };
    const two = { ...night, name: 'two', reports: ['B'] };
    await s.given({ reports: { A: 'Active', B: 'Active' }, windows: [one, two] });
    await s.at('22:00').tick();
    const broken = { ...one, when: { start: '0 22 * * *', duration: 'PT1H', timeZone: 'Europe/Atlantis' } };
    const shorter = { ...two, when: ['2026-01-20T22:00:00Z', '2026-01-20T22:15:00Z'] as const };
    await s.at('22:12').configure({ windows: [broken, shorter] });
    await s.at('22:15').tick();
    s.expectProblems(['windows_invalid']);
    await s.expectStatuses({ A: 'Paused', B: 'Active' });
    await s.at('23:00').tick();
    await s.expectStatuses({ A: 'Active', B: 'Active' });
  });

  scenario('while the ledger cannot be reached nothing is paused', async (s) => {
    await s.given({ reports: { A: 'Active', B: 'Active' }, windows: [night] });
    await s.at('21:55').tick();
    s.ledger.shut();
    await s.at('22:00').tick();
    s.expectProblems(['ledger_unavailable']);
    s.expectRun('failed');
    await s.expectChangesByUs([]);
    s.ledger.open();
    await s.at('22:05').tick();
    await s.expectStatuses({ A: 'Paused', B: 'Paused' });
    await s.at('23:00').tick();
    await s.expectStatuses({ A: 'Active', B: 'Active' });
  });

  scenario(
    'while the ledger cannot be reached nothing is resumed, and afterwards everything is',
    async (s) => {
      await s.given({ reports: { A: 'Active', B: 'Paused' }, windows: [night] });
      await s.at('22:00').tick();
      s.ledger.shut();
      await s.at('23:00').tick();
      s.expectProblems(['ledger_unavailable']);
      await s.expectStatuses({ A: 'Paused', B: 'Paused' });
      s.ledger.open();
      await s.at('23:05').tick();
      await s.expectStatuses({ A: 'Active', B: 'Paused' });
    },
  );

  for (const writes of sampleOf('writes before the ledger is lost', 2, [1, 2, 3, 4, 5, 6])) {
    scenario(`a ledger that is lost after ${writes} writes of a pausing run strands nothing`, async (s) => {
      await s.given({
        reports: { A: 'Active', B: 'Paused', C: 'Active' },
        windows: [{ ...night, reports: ['A', 'B', 'C'] }],
      });
      await s.at('21:55').tick();
      s.ledger.shutAfterWrites(writes);
      await s.at('22:00').tick();
      s.ledger.open();
      s.restart();
      await s.at('22:05').tick();
      await s.expectStatuses({ A: 'Paused', B: 'Paused', C: 'Paused' });
      await s.at('23:00').tick();
      await s.expectStatuses({ A: 'Active', B: 'Paused', C: 'Active' });
    });

    scenario(`a ledger that is lost after ${writes} writes of a resuming run strands nothing`, async (s) => {
      await s.given({
        reports: { A: 'Active', B: 'Paused', C: 'Active' },
        windows: [{ ...night, reports: ['A', 'B', 'C'] }],
      });
      await s.at('22:00').tick();
      s.ledger.shutAfterWrites(writes);
      await s.at('23:00').tick();
      s.ledger.open();
      s.restart();
      await s.tickUntil('23:10');
      await s.expectStatuses({ A: 'Active', B: 'Paused', C: 'Active' });
      await s.expectOwned({ B: 'not ours' });
    });
  }

  scenario(
    'while the reports cannot be listed, what is owed is read by its id and done, and the list is missed',
    async (s) => {
      await s.given({ reports: { A: 'Active', B: 'Paused' }, windows: [night] });
      await s.at('22:00').tick();
      await s.apiMeets({ kind: 'badGatewayHtml', operation: 'getReports', times: null });
      await s.at('23:00').tick();
      s.expectProblems(['reports_unreadable']);
      await s.apiRecovers();
      await s.at('23:05').tick();
      await s.expectStatuses({ A: 'Active', B: 'Paused' });
    },
  );

  scenario('a list without any report is not believed while we own some', async (s) => {
    await s.given({ reports: { A: 'Active', B: 'Active' }, windows: [night] });
    await s.at('22:00').tick();
    await s.apiMeets({ kind: 'notFound', operation: 'getReports', times: null });
    for (const time of ['22:05', '22:10', '22:15']) {
      await s.at(time).tick();
      s.expectProblems(['reports_unreadable']);
    }
    await s.expectOwned({ A: 'paused', B: 'paused' });
    await s.apiRecovers();
    await s.at('23:00').tick();
    await s.expectStatuses({ A: 'Active', B: 'Active' });
  });

  scenario('a report that the service does not show for a while stays owned', async (s) => {
    const reports = { A: { user: 'dana@partner.example' }, B: { user: s.serviceUser } };
    await s.given({ reports, windows: [night] });
    await s.at('22:00').tick();
    await s.apiBecomes({ perUserVisibility: true });
    await s.at('22:05').tick();
    s.expectEvents(['ReportUnseen A']);
    await s.expectOwned({ A: 'paused' });
    await s.apiBecomes({ perUserVisibility: false });
    await s.at('22:10').tick();
    s.expectCodes({ A: 'held' });
    await s.at('23:00').tick();
    await s.expectStatuses({ A: 'Active', B: 'Active' });
  });

  scenario('a list that takes longer than the lease does not keep reports paused', async (s) => {
    await s.given({ reports: { A: 'Active', B: 'Active' }, windows: [night] });
    await s.at('22:00').tick();
    for (const when of ['23:00', '23:05', '23:10']) {
      await s.apiMeets({ kind: 'throttle429', retryAfter: 100, operation: 'getReports' });
      await s.at(when).tick();
    }
    await s.expectStatuses({ A: 'Active' });
  });
});
