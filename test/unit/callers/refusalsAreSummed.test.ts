import { admit } from '../../../shared/callers/admit.ts';
import type { CallerCheck } from '../../../shared/callers/callerCheck.ts';
import { createRefusalSums } from '../../../shared/telemetry/refusalSums.ts';
import { noTelemetry } from '../../../shared/telemetry/telemetry.ts';

const MINUTE_IN_MS = 60_000;

/** Somebody at the door without a token, again and again, and what is told of him. */
function knocking() {
  let nowMs = 0;
  const told: { readonly name: string; readonly count: number | undefined }[] = [];
  const lines: string[] = [];
  let metric = 0;
  const dimensions = new Set<string>();
  const write = (line: string) => void lines.push(line);
  const check: CallerCheck = {
    ...{ kind: 'entra', rule: { tenantId: 't', audiences: [] } },
    verify: async () => ({ kind: 'refused', because: 'token_forged' }),
    refusals: createRefusalSums({ now: () => nowMs }),
  };
  const knock = (authorization: string | null) =>
    admit(check, {
      ...{ role: 'Reports.Read', registeredFor: 'entra', correlationId: 'c', header: () => authorization },
      teller: {
        ...{ info: write, warn: write, error: write },
        telemetry: {
          ...noTelemetry,
          event: (name, _properties, measurements: { readonly count?: number } = {}) =>
            void told.push({ name, count: measurements.count }),
          metric: (name, value, facts) => {
            metric += value;
            dimensions.add(JSON.stringify([name, facts]));
          },
        },
      },
    });
  const knocks = async (times: number, authorization: string | null = null) => {
    for (let at = 0; at < times; at += 1) await knock(authorization);
  };
  return { knocks, told, lines, dimensions, metric: () => metric, pass: (inMs: number) => (nowMs += inMs) };
}

test('a thousand refusals in a minute are one line and one event, and a metric that has them all', async () => {
  const { knocks, told, lines, dimensions, metric, pass } = knocking();

  await knocks(1_000);
  expect([told, lines.length, metric()]).toEqual([[{ name: 'CallerRefused', count: 1 }], 1, 1_000]);

  expect([...dimensions]).toEqual(['["refusals",{"door":"Reports.Read","because":"no_bearer_token"}]']);

  pass(MINUTE_IN_MS);
  await knocks(1);
  expect(told.at(-1)).toEqual({ name: 'CallerRefused', count: 1_000 });
});

test('a refusal of another kind is told at once', async () => {
  const { knocks, told } = knocking();

  await knocks(5);
  await knocks(5, 'Bearer a.b.c');

  expect(told).toHaveLength(2);
});

test('more kinds than are kept apart are told as one', () => {
  const sums = createRefusalSums({ now: () => 0 });

  const told = Array.from({ length: 5_000 }, (_, at) => sums.count(`kind ${at}`)).filter(
    (one) => one !== null,
  );

  expect(told.length).toBeLessThanOrEqual(501);
});
