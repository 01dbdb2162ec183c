// All that the functions load at their first call, as one lazy chunk of the bundle.
import * as doors from '../http/doors.ts';
import { serviceFromEnvironment } from './fromEnvironment.ts';

export { doors, serviceFromEnvironment };
