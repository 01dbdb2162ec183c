import { judgeAdoption, type PauseRecord } from '../../../shared/deciding/judgeAdoption.ts';
import type { Evidence, Observation, Ownership } from '../../../shared/model/ownership.ts';
import { reportIdOf } from '../windows/sampleReport.ts';
import { BEFORE, MINUTE, PAUSED_AT, paused, seen } from './sampleSituation.ts';

const SECOND = 1000;
const record: PauseRecord = { reportId: reportIdOf(1), pausedAtMs: PAUSED_AT, kept: BEFORE };

/** Judges a pause that an event told of by what a read shows now; as the event told it unless something else is given. */
function judge(
  more: {
    readonly observation?: Observation | null;
    readonly ownership?: Ownership | null;
    readonly evidence?: Partial<Evidence> | null;
  } = {},
) {
  const { observation = seen('Paused'), ownership = null, evidence = {} } = more;
  return judgeAdoption(record, { observation, ownership }, evidence && { ...BEFORE, ...evidence });
}

const at = (modifiedMs: number | null) => judge({ evidence: { modifiedMs } }).kind;

describe('a pause that an event tells of is taken into the ledger', () => {
  test('where it is paused as the event told it, with all that the ledger keeps of a pause of ours', () => {
    const { report } = seen('Paused');
    const attempt = {
      ...{ towards: 'Paused', sentMs: PAUSED_AT - 40 * SECOND, endedMs: PAUSED_AT, limitMs: PAUSED_AT },
      ...{ answer: 'accepted', serviceOffsetInMs: 0 },
    };
    expect(judge()).toEqual({
      kind: 'adopted',
      report,
      ownership: {
        ...{ kind: 'paused', reportId: report.reportId, reportName: 'Report 1', queryId: report.queryId },
        ...{ sinceMs: PAUSED_AT, kept: BEFORE, owed: null, attempts: [attempt], odd: null },
        ...{ lookedMs: PAUSED_AT, listed: '', trail: [] },
        chain: {
          ...{ readActiveMs: null, pauseSentMs: attempt.sentMs, pauseAnsweredMs: PAUSED_AT },
          ...{
            readPausedMs: PAUSED_AT,
            resumeSentMs: null,
            readResumedMs: null,
            readBeforeMs: null,
            takenOver: null,
          },
        },
        net: {
          ...{ openedMs: attempt.sentMs, lastLimitMs: PAUSED_AT, wasEffective: true, towards: 'Paused' },
          ...{ readPausedMs: PAUSED_AT, readActiveMs: null, standsActive: null },
          ...{ unheldSinceMs: null, closed: null },
        },
      },
    });
  });

  test('also where its time is the stamp of the pause, stored after the event', () => {
    expect([at(PAUSED_AT), at(PAUSED_AT + 5 * MINUTE)]).toEqual(['adopted', 'adopted']);
  });
});

describe('it is left alone', () => {
  test('where somebody touched it since, or its time can no more be read', () => {
    for (const modifiedMs of [PAUSED_AT + 6 * MINUTE, PAUSED_AT - 17 * MINUTE, null]) {
      expect(at(modifiedMs)).toBe('notAsRecorded');
    }
  });

  test('where somebody edited it since, whatever its time', () => {
    const contents = 'description=22222222';
    for (const modifiedMs of [BEFORE.modifiedMs, PAUSED_AT]) {
      const { report } = seen('Paused');
      expect(judge({ evidence: { contents, modifiedMs } })).toEqual({ kind: 'notAsRecorded', report });
    }
  });

  test.each(['Active', 'Inactive'] as const)('where it is %s', (status) => {
    const observation = seen(status);
    expect(judge({ observation })).toEqual({ kind: 'notPaused', report: observation.report });
  });

  test('where nothing shows it', () => {
    const missing: Observation = { kind: 'notFound', readAtMs: PAUSED_AT };
    expect([
      judge({ observation: null }),
      judge({ observation: missing }),
      judge({ evidence: null }),
    ]).toEqual([...[{ kind: 'notShown' }, { kind: 'notShown' }, { kind: 'notShown' }]]);
  });

  test('where the ledger has it already, whatever it says of it', () => {
    const { report } = seen('Paused');
    expect(judge({ ownership: paused() })).toEqual({ kind: 'ownedAlready', report });
    expect(judge({ ownership: paused(), observation: null })).toEqual({ kind: 'ownedAlready', report: null });
  });
});
