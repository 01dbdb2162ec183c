import type { WindowChange } from '../windows/compareWindows.ts';
import { plain } from './plain.ts';

const WORDS: Readonly<Record<WindowChange['kind'], string>> = {
  new: 'New      ',
  changed: 'Changed  ',
  gone: 'Gone     ',
};

/** A line per window that changes, with what follows at once where it is open. Pure. */
export function changeLines(changes: readonly WindowChange[]): readonly string[] {
  return changes.map(({ name, kind, properties, isOpen }) => {
    const what = properties.length === 0 ? '' : `: ${properties.join(', ')}`;
    return plain(`${WORDS[kind]}${name}${what}${isOpen ? ` (OPEN NOW: ${followsOf(kind)})` : ''}`);
  });
}

function followsOf(kind: WindowChange['kind']): string {
  return kind === 'gone'
    ? 'its reports come back with the next tick, where nothing else holds them'
    : 'the next tick goes by the new one';
}
