import { holdInWords } from '../../../shared/service/holdInWords.ts';

const request = { kind: 'request', caller: 'c' } as const;
const asked = { holder: request, why: 'moving house', state: 'live', untilMs: null } as const;
const UNTIL = { untilMs: Date.UTC(2026, 2, 1, 18) };
const END = 'until 2026-03-01T18:00:00Z';
const NO_END = 'without an end, until somebody resumes it';

test.each([
  [
    {
      ...asked,
      ...UNTIL,
      holder: { kind: 'window', window: 'nightly', occurrence: '' },
      who: 'window nightly',
    },
    `window nightly ${END}`,
  ],
  [{ ...asked, who: 'key, calls itself ana' }, `key, calls itself ana ("moving house") ${NO_END}`],
  [{ ...asked, who: 'function key' }, `somebody with a function key ("moving house") ${NO_END}`],
  [
    { ...asked, ...UNTIL, who: 'entra:app:11111111-1111-4111-8111-111111111111 (logic-app-sales)' },
    `app logic-app-sales ("moving house") ${END}`,
  ],
  [
    { ...asked, who: 'entra:user:11111111-1111-4111-8111-111111111111 (ana@contoso.example)' },
    `ana@contoso.example ("moving house") ${NO_END}`,
  ],
  [{ ...asked, who: 'entra:app:1' }, `entra:app:1 ("moving house") ${NO_END}`],
  [
    { ...asked, holder: { kind: 'webhook', source: 'deploys', key: 'k' }, who: 'webhook deploys' },
    `webhook deploys ("moving house") ${NO_END}`,
  ],
  [
    { ...asked, ...UNTIL, who: 'ana', state: 'foreign' },
    `ana ("moving house") ${END}; without effect, since somebody else had paused it`,
  ],
] as const)('a hold says who, why and until when in words: %j', (hold, words) => {
  expect(holdInWords(hold)).toBe(words);
});
