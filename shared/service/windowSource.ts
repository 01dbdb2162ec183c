import { type GiveWay, runInSlices } from '../time/steps.ts';
import type { KnownAccounts } from '../windows/parseWindow.ts';
import type { ParsedWindows } from '../windows/parseWindows.ts';
import { mergeWindows, parseWindowsInSteps } from '../windows/parseWindows.ts';
import { parseJson } from './readWindows.ts';

/** The text of the windows' blob as it stands now. */
interface BlobText {
  readonly text: string;
  readonly etag: string;
  /** When this version was written, by the storage's clock; null where it does not say. */
  readonly modifiedMs: number | null;
}

/** There is more in the blob than is read of any: to parse it would keep everybody else waiting. */
export class BlobTooLong extends Error {
  constructor(lengthInBytes: number, mostInBytes: number) {
    super(
      `it is ${lengthInBytes} bytes long, and at most ${mostInBytes} are read: select by patterns rather than by ids, or take out what is over`,
    );
    this.name = 'BlobTooLong';
  }
}

/** Reads the blob; null where it is not there. Throws what the storage throws. @throws BlobTooLong */
export type ReadBlob = () => Promise<BlobText | null>;

/** What the sources of windows say now. */
export type SourcedWindows =
  | {
      readonly ok: true;
      readonly parsed: ParsedWindows;
      readonly version: string | null;
      readonly modifiedMs: number | null;
    }
  /** The blob could not be read: only what the settings say is known. */
  | { readonly ok: false; readonly parsed: ParsedWindows; readonly message: string };

/** Where the windows come from: the settings, and a blob where one is named. */
export interface WindowSource {
  /** The windows of the settings alone; a blob that is not trusted yet leaves these. */
  readonly ofSettings: ParsedWindows;
  read(): Promise<SourcedWindows>;
}

/** A source that reads the blob at each call and parses it only when it changed, once for all who ask meanwhile, window by window. */
export function createWindowSource(
  ofSettings: ParsedWindows,
  readBlob: ReadBlob | null,
  accounts: KnownAccounts,
  giveWay: GiveWay,
): WindowSource {
  if (readBlob === null) {
    return {
      ofSettings,
      read: async () => ({ ok: true, parsed: ofSettings, version: null, modifiedMs: null }),
    };
  }
  let known: { readonly version: string; readonly parsed: Promise<ParsedWindows> } | null = null;
  const parse = async (text: string): Promise<ParsedWindows> => {
    const ofBlob = await runInSlices(parseWindowsInSteps(parseJson(text), accounts), giveWay);
    return mergeWindows([ofSettings, ofBlob]);
  };
  return {
    ofSettings,
    read: async () => {
      let blob: BlobText | null;
      try {
        blob = await readBlob();
      } catch (error) {
        const why =
          error instanceof BlobTooLong
            ? error.message
            : error instanceof Error
              ? error.name
              : 'unknown error';
        return { ok: false, parsed: ofSettings, message: `the blob WINDOWS_BLOB could not be read (${why})` };
      }
      if (blob === null) {
        return { ok: false, parsed: ofSettings, message: 'there is no blob where WINDOWS_BLOB points' };
      }
      if (known?.version !== blob.etag) {
        known = { version: blob.etag, parsed: parse(blob.text) };
      }
      const { etag: version, modifiedMs } = blob;
      return { ok: true, version, modifiedMs, parsed: await known.parsed };
    },
  };
}
