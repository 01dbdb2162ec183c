import type { ThirdParty } from './thirdParty.ts';

/** The file that goes with the bundle: who wrote what is inside, and under which terms. Pure. */
export function noticeText(thirdParties: readonly ThirdParty[]): string {
  const rule = '-'.repeat(80);
  const parts = thirdParties.map(
    ({ name, version, licence, text }) => `${rule}\n${name} ${version} (${licence})\n\n${text}\n`,
  );
  return `This product contains the following software of others, in whole or in part.\n\n${parts.join('\n')}`;
}
