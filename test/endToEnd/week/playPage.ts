import { readPage } from './readPage.ts';
import { seededIds } from './weekReports.ts';
import type { WeekStage } from './weekStage.ts';

/** The page as its commands, run one after the other, would have it. */
export async function playPage(page: string, stage: WeekStage): Promise<string> {
  const idOf = numberedIds();
  const played: string[] = [];
  for (const piece of readPage(page)) {
    switch (piece.kind) {
      case 'prose':
        played.push(piece.text);
        break;
      case 'meanwhile':
        stage.passTo(piece.atMs);
        for (const deed of piece.deeds) {
          await stage.act(deed);
        }
        played.push(piece.text);
        break;
      case 'session': {
        const shown: string[] = [];
        for (const { written, argv } of piece.commands) {
          shown.push(`${written}\n${idOf(await stage.run(argv))}\n`);
        }
        played.push(`\`\`\`console\n${shown.join('\n')}\`\`\``);
      }
    }
  }
  return played.join('');
}

/** Ids that are made at random become those of the first, the second and so on that the page shows, in the same form. */
function numberedIds(): (text: string) => string {
  const numbers = new Map<string, number>();
  return (text) =>
    text.replaceAll(/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|\b[0-9a-f]{20}\b/g, (id) => {
      if (seededIds.has(id)) {
        return id;
      }
      const number = numbers.get(id) ?? numbers.size + 1;
      numbers.set(id, number);
      return id.replaceAll(/[0-9a-f]/g, '1').slice(0, -4) + String(number).padStart(4, '0');
    });
}
