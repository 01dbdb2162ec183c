import { CommandError } from '../commandError.ts';
import type { Command } from '../commandLine.ts';
import type { DoorAnswer } from '../connection/exchange.ts';
import { exemptionChangeShape, exemptionsShape } from '../connection/exemptionAnswers.ts';
import type { Doors } from '../connection/openDoors.ts';
import { expectAnswer } from '../connection/refusal.ts';
import { tellExemption, tellExemptions } from '../telling/tellExemptions.ts';
import type { Style, Told } from '../telling/told.ts';
import type { World } from '../world.ts';
import { dryRunQuery } from './dryRunQuery.ts';
import { readIds } from './readIds.ts';

type Exempting = Extract<Command, { name: 'exempt' | 'exemptions' | 'exemptions end' }>;

/** Lists what is left out of windows, leaves reports out, or ends that. @throws CommandError */
export async function exemptReports(
  command: Exempting,
  doors: Doors,
  world: Pick<World, 'readInput'>,
  style: Style,
): Promise<Told> {
  switch (command.name) {
    case 'exemptions': {
      const query = command.account === null ? '' : `?account=${encodeURIComponent(command.account)}`;
      const answer = await doors.get(`/api/exemptions${query}`);
      const told = expectAnswer(answer, exemptionsShape);
      const exitCode = told.problems.length === 0 ? 0 : 1;
      return { exitCode, lines: tellExemptions(told, style), answer: answer.json };
    }
    case 'exempt': {
      const reportIds = command.ids.length === 0 ? {} : { reportIds: await readIds(command.ids, world) };
      const query = command.isDry ? await dryRunQuery(doors) : '';
      const answer = await doors.post(`/api/exemptions${query}`, { ...reportIds, ...command.body });
      return toldOf(answer, command, style);
    }
    case 'exemptions end': {
      const query = command.isDry ? await dryRunQuery(doors) : '';
      const path = `/api/exemptions/${encodeURIComponent(command.id)}/end${query}`;
      return toldOf(await doors.post(path, command.body), command, style);
    }
  }
}

function toldOf(answer: DoorAnswer, { isDry }: { readonly isDry: boolean }, style: Style): Told {
  const change = expectAnswer(answer, exemptionChangeShape);
  if (isDry && !change.dryRun) {
    const message = `The app did not take it for a dry run: look at exemption ${change.exemption.id}.`;
    throw new CommandError(1, 'not_a_dry_run', message);
  }
  return { exitCode: 0, lines: tellExemption(change, style), answer: answer.json };
}
