import { eventTable } from '../../../shared/faults/eventTable.ts';
import { explained } from '../../../shared/running/explain.ts';

const words = {
  gone: [explained.gone.message, eventTable.ReportGone.meaning],
  exhausted: [explained.exhausted.message, eventTable.ReportExhausted.meaning],
};

test('a report that is gone is told by what was seen of it: a pause may never have stood, and it may be hidden', () => {
  for (const text of words.gone) {
    expect(text).toContain('7 days');
    expect(text).not.toMatch(/paused|was deleted/);
  }
});

test('a report whose schedule ran out is not said to have been paused: it may have been in any state', () => {
  for (const text of words.exhausted) {
    expect(text).toMatch(/schedule/i);
    expect(text).not.toContain('paused');
  }
});
