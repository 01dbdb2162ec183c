import { wrongUsage } from './commandError.ts';
import type { Command } from './commandLine.ts';
import { given, isDry, reportsMeant } from './flagValues.ts';
import type { Values } from './parseCommandLine.ts';

/** What `exempt` needs. @throws CommandError (2) */
export function parseExemption(ids: readonly string[], values: Values): Command {
  const { until, duration, why, reason = why, account, window } = values;
  const reports = reportsMeant(values);
  if ((ids.length === 0) === (reports === null)) {
    throw wrongUsage(
      'exempt needs at least one report id, "-" to read them from standard input, --name PATTERN or --all-reports; one of these ways.',
    );
  }
  const isOfAll = values['all-windows'] === true;
  if (isOfAll === (window !== undefined)) {
    throw wrongUsage('exempt needs either --window NAME, several with commas between, or --all-windows.');
  }
  if ((until === undefined) === (duration === undefined)) {
    throw wrongUsage('exempt needs either --until TIME or --duration PT4H: it ends by itself.');
  }
  if (reason === undefined) {
    throw wrongUsage('exempt needs --why TEXT: it is shown beside the exemption.');
  }
  const windows = (window ?? '').split(',').filter((name) => name !== '');
  const body = {
    ...(reports === null ? {} : { reports }),
    ...(isOfAll ? { allWindows: true as const } : { windows }),
    ...given({ until, duration, reason, account }),
  };
  return { name: 'exempt', ids, isDry: isDry(values), body };
}

/** What `exemptions end` needs. @throws CommandError (2) */
export function parseExemptionEnd(operands: readonly string[], values: Values): Command {
  const { why, reason = why } = values;
  const [id, ...others] = operands;
  if (id === undefined || others.length > 0) {
    throw wrongUsage('exemptions end needs the ID of one exemption: "exemptions" lists them.');
  }
  if (reason === undefined) {
    throw wrongUsage('exemptions end needs --why TEXT: it is shown beside the exemption.');
  }
  return { name: 'exemptions end', id, isDry: isDry(values), body: { reason } };
}
