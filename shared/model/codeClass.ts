/** Who tries again by itself what was not done: a later pass of the same run, or the next tick. */
type TriedAgain = 'inThisRun' | 'byNextTick';

/**
 * What a code of a report's result means for the work. Each code bears it in its own row, and a code is classified nowhere
 * else; what is missing is not so.
 */
export interface ResultClass {
  /** The work is not done, whatever the outcome says. Where it is missing, the outcome decides. */
  readonly isUndone?: true;
  /** Missing where nothing is left to do, or where only a person brings it on. */
  readonly triedAgain?: TriedAgain;
  /** Every further call of the run would meet it, too. */
  readonly endsRun?: true;
  /** There is nothing that a hold of a request could hold: for good, or when whoever asks for it is answered so. */
  readonly endsHold?: 'forGood' | 'whenAsked';
  /** Somebody ended the holds of a pause before it had its turn. */
  readonly isOvertaken?: true;
  /** Nothing is to be done although the report is not shown: held, it shall stay as it is; resumed, nothing is owed. */
  readonly restsUnseen?: true;
  /** What people said of the report counts when it is shown again. */
  readonly keepsStatement?: true;
}

/** Codes with what each means. */
export type ResultClasses = Readonly<Record<string, ResultClass>>;
