import { wrongUsage } from './commandError.ts';

/** A UUID in lower case. @throws CommandError (2) */
export function uuid(text: string, whatIsWanted: string): string {
  if (!/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text)) {
    throw wrongUsage(`"${text.slice(0, 60)}" is not ${whatIsWanted}, which is a UUID.`);
  }
  return text.toLowerCase();
}
