import { type FaultEntries, NOTHING_TO_DO } from './faultEntry.ts';

/** What is told of windows and of what people say of them. */
export type WindowEventName =
  | 'WindowMissed'
  | 'ReportsExempted'
  | 'ExemptionEnded'
  | 'WindowEnded'
  | 'WindowExtended'
  | 'WindowLate';

/** What is told of windows, by its name: a part of the table of events. */
export const windowEvents: FaultEntries<WindowEventName> = {
  WindowMissed: {
    meaning: 'A whole occurrence of a window passed while no tick ran; its reports were not paused.',
    remedy: 'See why the timer did not fire; POST /api/tick does the same by hand.',
  },
  ReportsExempted: {
    meaning:
      'Somebody left reports out of windows until an instant; the line has who, which and why. What such a window alone held comes back.',
    remedy: 'If you did not expect it: GET /api/exemptions, and POST /api/exemptions/{id}/end.',
  },
  ExemptionEnded: {
    meaning:
      'Somebody ended an exemption early; the line has who and why. A window that is open takes its reports in again.',
    remedy: NOTHING_TO_DO,
  },
  WindowEnded: {
    meaning:
      'A person ended the occurrence of a window early; the line says who and why. The next occurrence is untouched.',
    remedy: 'Nothing. What it alone held is resumed by that request, or by the next tick.',
  },
  WindowExtended: {
    meaning:
      'A person let the occurrence of a window last longer; the line says who, why and until when. The next occurrence is untouched.',
    remedy: 'Nothing. To end it earlier all the same: POST /api/windows/{window}/end.',
  },
  WindowLate: {
    meaning: 'A window began or ended, and that was acted on two minutes late or more.',
    remedy: 'See docs/operations.md, lateWindow.',
  },
};
