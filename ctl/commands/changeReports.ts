import { CommandError } from '../commandError.ts';
import type { Command } from '../commandLine.ts';
import type { DoorAnswer } from '../connection/exchange.ts';
import type { Doors } from '../connection/openDoors.ts';
import { type Asked, askedOf, exitCodeOf } from '../judgeRun.ts';
import { tellRun } from '../telling/tellRun.ts';
import type { Style, Told } from '../telling/told.ts';
import type { World } from '../world.ts';
import { dryRunQuery } from './dryRunQuery.ts';
import { followRun } from './followRun.ts';
import { readIds } from './readIds.ts';
import { readPauses } from './readPauses.ts';

type Change = Extract<
  Command,
  {
    name:
      | 'pause'
      | 'resume'
      | 'acknowledge'
      | 'relearn'
      | 'end'
      | 'extend'
      | 'runs'
      | 'tick'
      | 'adopt'
      | 'drain';
  }
>;

/** Does what changes something, and looks at what came of it. @throws CommandError */
export async function changeReports(
  command: Change,
  doors: Doors,
  world: World,
  style: Style,
): Promise<Told> {
  const isDry = 'isDry' in command && command.isDry;
  const query = isDry ? await dryRunQuery(doors) : '';
  const first = await begin(command, doors, { world, query });
  const waitInMs = 'waitInMs' in command ? command.waitInMs : 0;
  const followed = await followRun(doors, first, { waitInMs, world });
  if (followed.kind === 'working') {
    const { runId, done, total } = followed.working;
    const lines = [`Run ${runId} works on: ${done} of ${total} reports done. "runs ${runId}" waits for it.`];
    return { exitCode: 1, lines, answer: followed.answer };
  }
  const { run, title, answer } = followed;
  if (isDry && run.dryRun !== true) {
    throw new CommandError(
      1,
      'not_a_dry_run',
      `The app did not take it for a dry run: look at run ${run.runId}.`,
    );
  }
  const asked = askedBy(command) ?? askedOf(run);
  const lines = [...tellRun(run, asked, style), ...(title === null ? [] : [title])];
  return { exitCode: exitCodeOf(run, asked), lines, answer };
}

async function begin(
  command: Change,
  doors: Doors,
  { world, query }: { readonly world: World; readonly query: string },
): Promise<DoorAnswer> {
  switch (command.name) {
    case 'pause':
    case 'resume':
      return doors.post(`/api/${command.name}${query}`, {
        ...(command.ids.length === 0 ? {} : { reportIds: await readIds(command.ids, world) }),
        ...command.body,
      });
    case 'acknowledge':
      return doors.post('/api/acknowledge', {
        reportIds: await readIds(command.ids, world),
        ...command.body,
      });
    case 'relearn':
      return doors.post(`/api/accounts/${encodeURIComponent(command.account)}/relearn`, command.body);
    case 'end':
    case 'extend':
      return doors.post(`/api/windows/${encodeURIComponent(command.window)}/${command.name}`, command.body);
    case 'runs':
      return doors.get(`/api/runs/${command.runId}`);
    case 'tick':
      return doors.post('/api/tick', {});
    case 'adopt':
      return doors.post('/api/adopt', {
        pauses: await readPauses(command.body['account'], world),
        ...command.body,
      });
    case 'drain':
      return doors.post(`/api/drain${query}`, command.body);
  }
}

function askedBy(command: Change): Asked | null {
  switch (command.name) {
    case 'pause':
      return 'paused';
    case 'resume':
      return 'requestId' in command.body ? 'released' : 'running';
    case 'runs':
      return null;
    case 'adopt':
      return 'adopted';
    case 'end':
      return 'ended';
    case 'extend':
    case 'acknowledge':
    case 'relearn':
    case 'tick':
    case 'drain':
      return 'reconciled';
  }
}
