import { readFileSync } from 'node:fs';
import { listFiles } from '../architecture/sourceFiles.ts';

/** What a document has a reader type into a shell. */
export interface DocumentShell {
  readonly path: string;
  /** What is neither a block nor a quoted command. */
  readonly prose: string;
  /** The blocks that are marked as `sh`. */
  readonly blocks: readonly string[];
  /** Commands in the middle of a sentence. */
  readonly spans: readonly string[];
  /** Blocks without a mark. */
  readonly unmarked: readonly string[];
}

const PROGRAMS = /^(?:az|azd|func|gh|npm|npx|node|git|paconn|pac|curl|ctl)\s+\S/;

const FENCE = /^( *)```(\w*)[^\n]*\n([\s\S]*?)^ *```$/gm;

/** Every document of the project. */
export function shellOfDocuments(): readonly DocumentShell[] {
  const paths = ['docs', 'local', 'bench', 'infra', 'test'].flatMap((folder) => listFiles(folder, /\.md$/));
  return ['README.md', ...paths].map((path) => {
    const text = readFileSync(path, 'utf8').replaceAll('\r', '');
    const fences = [...text.matchAll(FENCE)].map(([, indent = '', mark = '', body = '']) => ({
      mark,
      body: body.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
    }));
    const outside = text.replaceAll(FENCE, '');
    const spans = [...outside.matchAll(/`([^`]+)`/g)].map(([, span = '']) => span.replaceAll('\\|', '|'));
    const isCommand = (line: string) => PROGRAMS.test(line);
    return {
      path,
      prose: outside.replaceAll(/`([^`]+)`/g, (whole, span: string) => (isCommand(span) ? '' : whole)),
      blocks: fences.filter(({ mark }) => mark === 'sh').map(({ body }) => body),
      spans: spans.filter(isCommand),
      unmarked: fences
        .filter(({ mark, body }) => mark === '' && body.split('\n').some(isCommand))
        .map(({ body }) => body),
    };
  });
}
