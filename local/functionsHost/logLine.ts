import { z } from 'zod';

const levels = ['trace', 'debug', 'information', 'warning', 'error', 'critical', 'none'] as const;

/** The levels of the Functions log, least first. */
export type LogLevel = (typeof levels)[number];

/** One line that the host writes to stdout as JSON; `function` and `invocationId` are null for the host's own lines. */
export interface LogLine {
  readonly at: string;
  readonly level: LogLevel;
  readonly function: string | null;
  readonly invocationId: string | null;
  readonly message: string;
}

/** Writes one line; the writer adds the instant. */
export type WriteLog = (line: Omit<LogLine, 'at'>) => void;

const logLineSchema = z.strictObject({
  at: z.string(),
  level: z.enum(levels),
  function: z.string().nullable(),
  invocationId: z.string().nullable(),
  message: z.string(),
});

/** Writes to stdout what the Functions host shows by default: information and above. */
export const writeLogToStdout: WriteLog = (line) => {
  if (line.level === 'trace' || line.level === 'debug' || line.level === 'none') {
    return;
  }
  process.stdout.write(`${JSON.stringify({ at: new Date().toISOString(), ...line })}\n`);
};

/** Reads back a line of the host; anything else that the app printed becomes a line of the level given. */
export function parseLogLine(text: string, levelOfPlainText: LogLevel): LogLine {
  const parsed = logLineSchema.safeParse(parseJson(text));
  return parsed.success
    ? parsed.data
    : {
        at: new Date().toISOString(),
        level: levelOfPlainText,
        function: null,
        invocationId: null,
        message: text,
      };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
