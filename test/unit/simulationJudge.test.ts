import { PLAIN_SERVICE } from '../simulation/drawHistory.ts';
import {
  BEGIN_MS,
  type History,
  HOUR_IN_MS,
  MINUTE_IN_MS,
  reportIdOf,
  type ServiceTraits,
  type Status,
} from '../simulation/history.ts';
import { judge } from '../simulation/judge.ts';
import {
  type Act,
  type Asked,
  type Call,
  type Stopped,
  type Told,
  type Version,
  versionAt,
} from '../simulation/record.ts';

const A = reportIdOf('A');
const END_MS = BEGIN_MS + 34 * HOUR_IN_MS;
const at = (minutes: number) => BEGIN_MS + minutes * MINUTE_IN_MS;
const SECOND = 1 / 60;

interface Set {
  readonly service?: Partial<ServiceTraits>;
  readonly faults?: History['faults'];
  readonly humans?: History['humans'];
  readonly windows?: History['windows'];
  readonly starts?: Status;
}

/** A history told by hand, minute by minute; what is so follows from the deeds. */
function story({ service = {}, faults = [], humans = [], windows = [], starts = 'Active' }: Set = {}) {
  const versions: Version[] = [{ fromMs: 0, status: starts, edition: 0, modifiedMs: null }];
  const acts: Act[] = [];
  const calls: Call[] = [];
  const told: Told[] = [];
  const asked: Asked[] = [];
  const stops: Stopped[] = [];
  const history: History = {
    ...{
      seed: 1,
      tickInMs: MINUTE_IN_MS,
      processes: 1,
      maxConcurrency: 8,
      service: { ...PLAIN_SERVICE, ...service },
    },
    ...{ reports: [{ letter: 'A', status: starts }], windows, requests: [], humans, faults, kills: [] },
    ...{ quietMs: at(180), settlesInMs: END_MS - at(180) },
  };
  const put = (act: Omit<Act, 'from'>) => {
    const from = versions.at(-1)?.status ?? null;
    acts.push({ ...act, from });
    if (from !== act.to)
      versions.push({ fromMs: act.atMs, status: act.to, edition: 0, modifiedMs: act.atMs });
  };
  const send = (kind: Call['kind'], minutes: number, more: Partial<Call>): Call => {
    const sentMs = at(minutes);
    const call: Call = {
      ...{ seq: calls.length, process: 'p1', kind, reportId: A, sentMs, effectMs: null },
      ...{ answeredMs: sentMs + 200, answer: 'ok', looks: [] },
      ...more,
    };
    calls.push(call);
    return call;
  };
  const tell = (minutes: number, name: string) =>
    told.push({ atMs: at(minutes), process: 'p1', name, reportIds: [A], text: '' });
  return {
    /** A person at the portal. */
    human: (minutes: number, does: 'pause' | 'resume' | 'edit') => {
      const status = versionAt(versions, at(minutes))?.status ?? null;
      const to = does === 'edit' ? status : does === 'pause' ? 'Paused' : 'Active';
      put({ atMs: at(minutes), by: 'human', does, reportId: A, to, call: null });
    },
    /** Our PUT; `effect` is when it takes effect, null where it never does. */
    put: (
      does: 'pause' | 'resume',
      minutes: number,
      { effect = minutes, isHeard = true }: { effect?: number | null; isHeard?: boolean } = {},
    ) => {
      const call = send(does, minutes, {
        effectMs: effect === null ? null : at(effect),
        ...(isHeard ? {} : { answeredMs: null }),
      });
      if (effect === null) return;
      const to = does === 'pause' ? 'Paused' : 'Active';
      put({ atMs: at(effect), by: 'app', does, reportId: A, to, call: call.seq });
    },
    /** Our read by id; it shows what was so `behind` minutes earlier. */
    look: (minutes: number, { behind = 0, isGlitch = false } = {}) => {
      const asOfMs = at(minutes - behind);
      const status = versionAt(versions, asOfMs)?.status ?? null;
      const look = { reportId: A, asOfMs, status, isGlitch, showsTime: true };
      send('get', minutes, { answeredMs: at(minutes), looks: [look] });
    },
    tell,
    stop: (minutes: number, untilMinutes: number, kind: Stopped['kind'] = 'ends', isAtRequest = true) =>
      stops.push({ atMs: at(minutes), process: 'p1', untilMs: at(untilMinutes), kind, isAtRequest }),
    /** Somebody asks the app, and is answered a second later. */
    ask: (asks: 'pause' | 'resume', minutes: number, until: number | null = null) =>
      asked.push({
        ...{ atMs: at(minutes), asks, reportIds: [A], untilMs: until === null ? null : at(until) },
        ...{ includeWindows: false, isRepeat: false, answeredMs: at(minutes) + 1_000, status: 200 },
      }),
    judged: () => {
      const byTime = [...acts].sort((a, b) => a.atMs - b.atMs);
      const record = {
        versions: new Map([[A, versions]]),
        acts: byTime,
        calls,
        told,
        asked,
        stops,
        endMs: END_MS,
      };
      const { findings, excused } = judge(history, record);
      return { findings: findings.map(({ aim }) => aim), excused };
    },
  };
}

const fault = { kind: 'getRefused', fromMs: at(1), untilMs: at(2) } as const;

const right = { findings: [], excused: [] };
const wrong = { findings: ['humanResumed'], excused: [] };
const excusedBy = (why: string) => ({ findings: [], excused: [why] });

/** Ours by the book: read, paused, read, and resumed after a read. */
function ours(s: ReturnType<typeof story>) {
  s.ask('pause', 10 - 2 * SECOND, 60);
  s.look(10 - SECOND);
  s.put('pause', 10);
  s.look(10 + SECOND);
}
function resumed(s: ReturnType<typeof story>, minutes: number) {
  s.look(minutes - SECOND);
  s.put('resume', minutes);
  s.look(minutes + SECOND);
}

/** Our resume took effect, nobody read it, and a human paused a second later; then we resume once more. */
function pausedAfterUnreadResume(
  time: ServiceTraits['time'],
  meanwhile: (s: ReturnType<typeof story>) => void = () => {},
) {
  const s = story({ service: { time } });
  ours(s);
  s.look(60 - SECOND);
  s.put('resume', 60, { isHeard: false });
  s.human(60 + SECOND, 'pause');
  meanwhile(s);
  resumed(s, 60 + 4 * SECOND);
  return s;
}

describe('a resume', () => {
  test('of our own pause is right', () => {
    const s = story();
    ours(s);
    resumed(s, 60);
    expect(s.judged()).toEqual(right);
  });

  test('of what a human had paused before everything is wrong', () => {
    const s = story({ starts: 'Paused' });
    s.put('pause', 10);
    resumed(s, 60);
    expect(s.judged()).toEqual(wrong);
  });

  test('of a pause by a human on a report that we never sent a pause for is wrong', () => {
    const s = story();
    s.human(20, 'pause');
    resumed(s, 60);
    expect(s.judged()).toEqual(wrong);
  });

  test('U1: a human pauses between our read and our pause', () => {
    const s = story();
    s.look(10 - 2 * SECOND);
    s.human(10 - SECOND, 'pause');
    s.put('pause', 10);
    s.look(10 + SECOND);
    resumed(s, 60);
    expect(s.judged()).toEqual(excusedBy('U1'));
  });

  test('U1: a human pauses between our read and our resume', () => {
    const s = story();
    ours(s);
    s.look(60 - 2 * SECOND);
    s.human(60 - SECOND, 'resume');
    s.human(60 - SECOND / 2, 'pause');
    s.put('resume', 60);
    expect(s.judged()).toEqual(excusedBy('U1'));
  });

  test('not U1: the read that the pause rests on was a minute old', () => {
    const s = story();
    s.look(9);
    s.human(9.5, 'pause');
    s.put('pause', 10);
    s.look(10 + SECOND);
    resumed(s, 60);
    expect(s.judged()).toEqual(wrong);
  });

  test('not U1: no read at all came before the resume, and a human had come before', () => {
    const s = story();
    ours(s);
    s.human(40, 'resume');
    s.look(45);
    s.human(50, 'pause');
    s.put('resume', 60);
    expect(s.judged()).toEqual(wrong);
  });

  test('U1: the process stood still as it was about to send its pause, and not: before that, with time to read again', () => {
    for (const [isAtRequest, judged] of [
      [true, excusedBy('U1')],
      [false, wrong],
    ] as const) {
      const s = story();
      s.look(9);
      s.stop(9 + SECOND / 2, 10, 'stands', isAtRequest);
      s.human(9.5, 'pause');
      s.put('pause', 10);
      s.look(10 + SECOND);
      resumed(s, 60);
      expect(s.judged()).toEqual(judged);
    }
  });

  test('U2: a human pauses between an unclear attempt and the look right after it', () => {
    const s = story();
    s.look(10 - SECOND);
    s.put('pause', 10, { effect: null, isHeard: true });
    s.human(10 + SECOND, 'pause');
    s.look(10 + 2 * SECOND);
    resumed(s, 60);
    expect(s.judged()).toEqual(excusedBy('U2'));
  });

  test('U2: a process ended after its attempt, a human paused, and times never move', () => {
    const s = story({ service: { time: 'never' } });
    s.look(10 - SECOND);
    s.put('pause', 10, { effect: null, isHeard: false });
    s.stop(10 + SECOND, 20);
    s.human(18, 'pause');
    s.look(21);
    resumed(s, 60);
    expect(s.judged()).toEqual(excusedBy('U2'));
  });

  test('not U2: the same where times tell that a human came later', () => {
    const s = story({ service: { time: 'onChange' } });
    s.look(10 - SECOND);
    s.put('pause', 10, { effect: null, isHeard: false });
    s.stop(10 + SECOND, 20);
    s.human(18, 'pause');
    s.look(21);
    resumed(s, 60);
    expect(s.judged()).toEqual(wrong);
  });

  test('not U2: nobody looked for twenty minutes, though nothing hindered', () => {
    const s = story({ service: { time: 'never' } });
    s.look(10 - SECOND);
    s.put('pause', 10, { effect: null });
    s.human(30, 'pause');
    s.look(31);
    resumed(s, 60);
    expect(s.judged()).toEqual(wrong);
  });

  test('not U2: read Active after the attempt could take effect no more, then a human paused', () => {
    const s = story({ service: { time: 'never' } });
    s.look(10 - SECOND);
    s.put('pause', 10, { effect: null });
    s.look(11);
    s.look(15);
    s.human(16, 'pause');
    s.look(17);
    resumed(s, 60);
    expect(s.judged()).toEqual(wrong);
  });

  test('U2: our resume was not read, a human paused meanwhile, and times never move', () => {
    expect(pausedAfterUnreadResume('never').judged()).toEqual(excusedBy('U2'));
  });

  test('not U2: the same where the time moves, which a resume does not do to what is paused', () => {
    expect(pausedAfterUnreadResume('onChange').judged()).toEqual(wrong);
  });

  test('U4: the same, and edited', () => {
    const s = pausedAfterUnreadResume('onChange', (story) => story.human(60 + 2 * SECOND, 'edit'));
    expect(s.judged()).toEqual(excusedBy('U4'));
  });

  test('not U3: a resume had no effect, and a human paused what was paused, which moved the time', () => {
    for (const [time, judged] of [
      ['always', wrong],
      ['onChange', excusedBy('U3')],
    ] as const) {
      const s = story({ service: { time } });
      ours(s);
      s.look(60 - SECOND);
      s.put('resume', 60, { effect: null });
      s.human(60 + SECOND, 'pause');
      resumed(s, 65);
      expect(s.judged()).toEqual(judged);
    }
  });

  test('not U2: our resume was read Active, then a human paused', () => {
    const s = story();
    ours(s);
    resumed(s, 60);
    s.human(70, 'pause');
    resumed(s, 80);
    expect(s.judged()).toEqual(wrong);
  });

  test('U3: resumed and paused again between two looks, and times never move', () => {
    const s = story({ service: { time: 'never' } });
    ours(s);
    s.human(30, 'resume');
    s.human(32, 'pause');
    resumed(s, 60);
    expect(s.judged()).toEqual(excusedBy('U3'));
  });

  /** A human's pause that could not be told from ours, and that this human resumed. */
  const takenForOurs = (time: 'never' | 'onChange') => {
    const s = story({ service: { time } });
    s.look(10 - SECOND);
    s.put('pause', 10, { effect: null });
    s.look(11);
    s.human(12, 'pause');
    s.look(13);
    s.human(30, 'resume');
    return s;
  };

  test('U3: a human resumed and paused again what could not be told from ours', () => {
    const s = takenForOurs('never');
    s.human(30.2, 'pause');
    resumed(s, 60);
    expect(s.judged()).toEqual(excusedBy('U3'));
  });

  test('not U3: the same where a look came in between, or times move', () => {
    const looked = takenForOurs('never');
    looked.look(30.1);
    const moved = takenForOurs('onChange');
    for (const s of [looked, moved]) {
      s.human(30.2, 'pause');
      resumed(s, 60);
      expect(s.judged()).toEqual(wrong);
    }
  });

  test('not U3: the same where times move', () => {
    const s = story({ service: { time: 'onChange' } });
    ours(s);
    s.human(30, 'resume');
    s.human(32, 'pause');
    resumed(s, 60);
    expect(s.judged()).toEqual(wrong);
  });

  test('not U3: a look showed it Active in between', () => {
    const s = story({ service: { time: 'never' } });
    ours(s);
    s.human(30, 'resume');
    s.look(31);
    s.human(32, 'pause');
    resumed(s, 60);
    expect(s.judged()).toEqual(wrong);
  });

  test('not U3: it stood Active for half an hour, and nobody looked', () => {
    const s = story({ service: { time: 'never' } });
    ours(s);
    s.human(20, 'resume');
    s.human(50, 'pause');
    resumed(s, 60);
    expect(s.judged()).toEqual(wrong);
  });

  test('U3: within three minutes after our pause', () => {
    const s = story();
    ours(s);
    s.human(11, 'resume');
    s.human(12, 'pause');
    resumed(s, 60);
    expect(s.judged()).toEqual(excusedBy('U3'));
  });

  test('U3: a human pauses what is paused, and the service leaves no trace', () => {
    const s = story({ service: { time: 'onChange' } });
    ours(s);
    s.human(30, 'pause');
    resumed(s, 60);
    expect(s.judged()).toEqual(excusedBy('U3'));
  });

  test('not U3: a human pauses what is paused, and the time moves', () => {
    const s = story({ service: { time: 'always' } });
    ours(s);
    s.human(30, 'pause');
    resumed(s, 60);
    expect(s.judged()).toEqual(wrong);
  });

  test('U4: resumed, paused and edited between two looks', () => {
    const s = story({ service: { time: 'onChange' } });
    ours(s);
    s.human(30, 'resume');
    s.human(31, 'pause');
    s.human(32, 'edit');
    resumed(s, 60);
    expect(s.judged()).toEqual(excusedBy('U4'));
  });

  test('not U4: edited, but a look came in between', () => {
    const s = story({ service: { time: 'onChange' } });
    ours(s);
    s.human(30, 'resume');
    s.look(30.5);
    s.human(31, 'pause');
    s.human(32, 'edit');
    resumed(s, 60);
    expect(s.judged()).toEqual(wrong);
  });

  test('U5: the read did not yet show what the human did', () => {
    const s = story({ service: { replicasBehindInMs: [120_000] } });
    ours(s);
    s.human(58.5, 'resume');
    s.human(59, 'pause');
    s.look(60 - SECOND, { behind: 2 });
    s.put('resume', 60);
    expect(s.judged()).toEqual(excusedBy('U5'));
  });

  test('not U5: the human had done it before what the read showed', () => {
    const s = story({ service: { replicasBehindInMs: [120_000], time: 'onChange' } });
    ours(s);
    s.human(40, 'resume');
    s.human(41, 'pause');
    s.look(60 - SECOND, { behind: 2 });
    s.put('resume', 60);
    expect(s.judged()).toEqual(wrong);
  });

  test('U6: a human resumes before our pause was read', () => {
    const s = story({ service: { replicasBehindInMs: [60_000] } });
    s.look(10 - SECOND, { behind: 1 });
    s.put('pause', 10);
    s.human(10.5, 'resume');
    s.look(11, { behind: 1.1 });
    s.human(11.5, 'pause');
    resumed(s, 60);
    expect(s.judged()).toEqual(excusedBy('U6'));
  });

  test('U6: the same, read active while our pause might still have come, and not: read so when it could come no more', () => {
    for (const [minutes, judged] of [
      [12, excusedBy('U6')],
      [13.6, wrong],
    ] as const) {
      const s = story({ service: { time: 'never' } });
      s.look(10 - SECOND);
      s.put('pause', 10);
      s.human(10 + SECOND, 'resume');
      s.look(minutes);
      s.human(15, 'pause');
      s.look(16);
      resumed(s, 60);
      expect(s.judged()).toEqual(judged);
    }
  });

  test('a look whose process ended at once counts for nobody', () => {
    const s = story({ service: { time: 'never' } });
    ours(s);
    s.human(30, 'resume');
    s.look(31);
    s.stop(31 + SECOND / 60, 32);
    s.human(32, 'pause');
    resumed(s, 60);
    expect(s.judged()).toEqual(excusedBy('U3'));
  });
});

describe('a report that is paused at the end', () => {
  test('by us and without a word is left paused', () => {
    const s = story({ faults: [fault] });
    ours(s);
    s.tell(10, 'ReportPaused');
    expect(s.judged().findings).toEqual(['leftPaused']);
  });

  test('is not, where an alarm names it each day', () => {
    const s = story({ faults: [fault] });
    ours(s);
    s.tell(61, 'LeftPaused');
    s.tell(61 + 24 * 60, 'LeftPaused');
    expect(s.judged()).toEqual(right);
  });

  test('is, where an alarm was told once and never again', () => {
    const s = story({ faults: [fault] });
    ours(s);
    s.tell(61, 'LeftPaused');
    expect(s.judged().findings).toEqual(['leftPaused']);
  });

  test('is, where the alarm was closed by another word', () => {
    const s = story({ faults: [fault] });
    ours(s);
    s.tell(61 + 24 * 60, 'ResumeOwed');
    s.tell(62 + 24 * 60, 'ReportGone');
    expect(s.judged().findings).toEqual(['leftPaused']);
  });

  test('is, at the end of a fault of hours, and is told as gone where it was hidden for a week', () => {
    for (const [hours, findings] of [
      [20, ['leftPaused']],
      [8 * 24, []],
    ] as const) {
      const untilMs = at(70) + hours * HOUR_IN_MS;
      const s = story({ faults: [{ kind: 'hidden', letter: 'A', fromMs: at(70), untilMs }] });
      ours(s);
      // Only long after the shorter fault.
      s.tell(30 * 60, 'LeftPaused');
      expect(s.judged().findings).toEqual(findings);
    }
  });

  test('is right, where a human paused it too', () => {
    const s = story({ faults: [fault] });
    ours(s);
    s.human(30, 'pause');
    expect(s.judged()).toEqual(right);
  });

  test('is right, where a human had paused it, whatever we sent', () => {
    const s = story({ starts: 'Paused' });
    s.put('pause', 10);
    expect(s.judged()).toEqual(right);
  });

  test('is left paused, where a pause of ours came late', () => {
    const s = story({ faults: [fault] });
    s.ask('pause', 10 - 2 * SECOND, 60);
    s.look(10 - SECOND);
    s.put('pause', 10, { effect: 12, isHeard: false });
    expect(s.judged().findings).toEqual(['leftPaused']);
  });
});

describe('a claim', () => {
  test('of a resume that never was is false', () => {
    const s = story({ faults: [fault] });
    ours(s);
    s.put('resume', 60, { effect: null });
    s.tell(60, 'ReportResumed');
    expect(s.judged().findings).toEqual(['leftPaused', 'falseClaim']);
  });

  test('is right where the effect comes two minutes late', () => {
    const s = story({ faults: [fault] });
    ours(s);
    s.put('resume', 60, { effect: 62 });
    s.tell(60, 'ReportResumed');
    expect(s.judged()).toEqual(right);
  });

  test('is taken back where the report is resumed again', () => {
    const s = story({ faults: [fault] });
    ours(s);
    s.put('resume', 60, { effect: null });
    s.tell(60, 'ReportResumed');
    resumed(s, 67);
    expect(s.judged()).toEqual(right);
  });

  test('of a pause that never was is false while it is held', () => {
    const window = { name: 'w', letters: ['A'], fromMs: at(10), untilMs: at(90) };
    const s = story({ windows: [window], faults: [fault] });
    s.put('pause', 10, { effect: null });
    s.tell(10, 'answered paused');
    expect(s.judged().findings).toEqual(['falseClaim']);
  });

  test('of a pause is taken back by what is told later', () => {
    const window = { name: 'w', letters: ['A'], fromMs: at(10), untilMs: at(90) };
    const s = story({ windows: [window], faults: [fault] });
    s.put('pause', 10, { effect: null });
    s.tell(10, 'ReportPaused');
    s.tell(18, 'PauseNotEffective');
    expect(s.judged()).toEqual(right);
  });

  test('of a pause is not judged where its hold ends before anybody had to look', () => {
    const window = { name: 'w', letters: ['A'], fromMs: at(10), untilMs: at(16) };
    const s = story({ windows: [window], faults: [fault] });
    s.put('pause', 10, { effect: null });
    s.tell(10, 'ReportPaused');
    expect(s.judged()).toEqual(right);
  });

  test('that a person did it is false where nobody else had', () => {
    const blamed = story();
    ours(blamed);
    blamed.tell(11, 'ManualResumeRespected');
    blamed.tell(12, 'ForeignPauseFound');
    resumed(blamed, 60);
    expect(blamed.judged().findings).toEqual(['falseClaim', 'falseClaim']);
    const right = story();
    ours(right);
    right.human(20, 'resume');
    right.tell(25, 'ManualResumeRespected');
    right.human(30, 'pause');
    right.tell(35, 'ForeignPauseFound');
    expect(right.judged().findings).toEqual([]);
  });

  test('of a pause is right where a human resumed it at once', () => {
    const s = story({ faults: [fault] });
    ours(s);
    s.tell(10, 'ReportPaused');
    s.human(10.5, 'resume');
    expect(s.judged()).toEqual(right);
  });
});

describe('doubts and alarms', () => {
  test('doubt without a human is needless', () => {
    const s = story({ faults: [fault] });
    s.tell(20, 'ReportDoubtful');
    s.tell(21, 'ReportDoubtful');
    expect(s.judged().findings).toEqual(['needlessDoubt']);
  });

  test('doubt is borne where a human touched the report, or a process stopped', () => {
    const touched = story({ faults: [fault] });
    touched.human(15, 'edit');
    touched.tell(20, 'ReportDoubtful');
    const stopped = story({ faults: [fault] });
    stopped.stop(15, 16);
    stopped.tell(20, 'ReportDoubtful');
    expect([touched.judged(), stopped.judged()]).toEqual([right, right]);
  });

  test('an alarm where all went well is needless', () => {
    const s = story();
    s.tell(20, 'ResumeOwed');
    expect(s.judged().findings).toEqual(['needlessAlarm']);
  });

  test('an alarm is none too many where there was a fault', () => {
    const s = story({ faults: [fault] });
    s.tell(20, 'ResumeOwed');
    expect(s.judged()).toEqual(right);
  });
});

describe('the order of what people ask', () => {
  test('is broken by a pause that comes after somebody has asked to resume', () => {
    const s = story();
    s.ask('pause', 10, 60);
    s.ask('resume', 15);
    s.put('pause', 20);
    s.human(100, 'pause');
    expect(s.judged().findings).toEqual([]);
    const untouched = story();
    untouched.ask('pause', 10, 60);
    untouched.ask('resume', 15);
    untouched.put('pause', 20);
    resumed(untouched, 30);
    expect(untouched.judged().findings).toEqual(['undone']);
  });

  test('is kept where the pause was asked for again after that', () => {
    const s = story();
    s.ask('pause', 10, 60);
    s.ask('resume', 15);
    s.ask('pause', 19, 60);
    s.put('pause', 20);
    resumed(s, 60);
    expect(s.judged()).toEqual(right);
  });

  test('is broken by a resume of what somebody has asked to pause since', () => {
    const s = story();
    ours(s);
    s.ask('resume', 20);
    s.ask('pause', 22, 60);
    resumed(s, 30);
    expect(s.judged().findings).toEqual(['undone']);
  });

  test('is broken by a resume in the middle of a window, and kept by one at its end', () => {
    const windows = [{ name: 'night', letters: ['A'], fromMs: at(10), untilMs: at(60) }];
    const early = story({ windows });
    early.put('pause', 10);
    resumed(early, 30);
    expect(early.judged().findings).toEqual(['undone']);
    const due = story({ windows });
    due.put('pause', 10);
    resumed(due, 60);
    expect(due.judged()).toEqual(right);
  });

  test('is kept by a pause that nobody has asked to end, and broken by one after its end', () => {
    const s = story();
    s.ask('pause', 10, 20);
    s.put('pause', 25);
    resumed(s, 26);
    expect(s.judged().findings).toEqual(['undone']);
  });
});
