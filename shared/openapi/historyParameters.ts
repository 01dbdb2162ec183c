import { DEFAULT_HISTORY_PAGE, MAX_HISTORY_PAGE } from '../service/historyAsked.ts';
import { narrowing } from './parameters.ts';
import type { SwaggerParameter } from './swagger.ts';

const anInstant = { type: 'string', format: 'date-time' };

/** What every history is narrowed by. */
export const partOfHistory: readonly SwaggerParameter[] = [
  narrowing('from', 'From', 'Tells what was then or later; 90 days are kept.', anInstant),
  narrowing('until', 'Until', 'Tells what was before that instant.', anInstant),
  narrowing('limit', 'Limit', `Tells so many at most, ${DEFAULT_HISTORY_PAGE} where it is left out.`, {
    ...{ type: 'integer', format: 'int32', minimum: 1, maximum: MAX_HISTORY_PAGE },
  }),
  narrowing('continuation', 'Continuation', 'Goes on with what came before, with what the answer had.'),
];
