/** One word of a command: its text without quotes, and the variables of the shell that it takes. */
interface ShellWord {
  readonly text: string;
  readonly variables: readonly string[];
}

/** One command of a script. */
export interface ShellCommand {
  /** `NAME=value` before the command, or alone. */
  readonly assigned: readonly string[];
  readonly words: readonly ShellWord[];
}

/** What stands in a word in place of the output of a substitution. */
export const SUBSTITUTED = 'substituted';

/** A word that is being read. */
interface Reading {
  text: string;
  variables: string[];
}

/**
 * The commands of a script in the order in which they end, those in `$(…)` before the command around them. It knows what our
 * documents use: quotes, continued lines, comments, pipes, lists, redirections, variables and substitutions.
 */
export function splitShell(script: string): readonly ShellCommand[] {
  const commands: ShellCommand[] = [];
  let words: ShellWord[] = [];
  let word: Reading | null = null;
  let at = 0;
  const endWord = () => {
    if (word !== null) words.push(word);
    word = null;
  };
  const endCommand = () => {
    endWord();
    if (words.length > 0) commands.push(commandOf(words));
    words = [];
  };
  const take = (): Reading => {
    word ??= { text: '', variables: [] };
    return word;
  };
  /** Reads what begins with `$`: a substitution, whose commands stand by themselves, or a variable. */
  const takeDollar = () => {
    const substitution = script.startsWith('$(', at) ? closingOf(script, at + 1) : null;
    if (substitution !== null) {
      commands.push(...splitShell(script.slice(at + 2, substitution)));
      take().text += SUBSTITUTED;
      at = substitution + 1;
      return;
    }
    const [whole = '$', , name = ''] = /^\$(\{?)(\w+)\}?/.exec(script.slice(at)) ?? [];
    take().text += whole;
    if (name !== '') take().variables.push(name);
    at += whole.length;
  };
  while (at < script.length) {
    const sign = script.charAt(at);
    if (script.startsWith('\\\n', at)) {
      at += 2;
    } else if (sign === '\\') {
      take().text += script.charAt(at + 1);
      at += 2;
    } else if (sign === "'") {
      const end = script.indexOf("'", at + 1);
      take().text += script.slice(at + 1, end);
      at = end + 1;
    } else if (sign === '"') {
      take();
      for (at += 1; at < script.length && script.charAt(at) !== '"'; ) {
        if (script.charAt(at) === '$') takeDollar();
        else take().text += script.charAt(at++);
      }
      at += 1;
    } else if (sign === '$') {
      takeDollar();
    } else if (sign === '#' && word === null) {
      const end = script.indexOf('\n', at);
      at = end === -1 ? script.length : end;
    } else if (/[\n;|&]/.test(sign)) {
      endCommand();
      at += 1;
    } else if (/[<>]/.test(sign)) {
      endWord();
      at += 1;
    } else if (/\s/.test(sign)) {
      endWord();
      at += 1;
    } else {
      take().text += sign;
      at += 1;
    }
  }
  endCommand();
  return commands;
}

/** Where the bracket that opens at `from` is closed, quotes regarded. */
function closingOf(script: string, from: number): number {
  let depth = 0;
  for (let at = from; at < script.length; at += 1) {
    const sign = script.charAt(at);
    if (sign === "'") at = script.indexOf("'", at + 1);
    if (sign === '(') depth += 1;
    if (sign === ')') depth -= 1;
    if (depth === 0) return at;
  }
  throw new Error(`nothing closes the bracket of ${script}`);
}

function commandOf(all: readonly ShellWord[]): ShellCommand {
  const isAssignment = ({ text }: ShellWord) => /^[A-Za-z_]\w*=/.test(text);
  const first = all.findIndex((word) => !isAssignment(word));
  const before = first === -1 ? all : all.slice(0, first);
  const words = first === -1 ? [] : all.slice(first);
  const exported = words[0]?.text === 'export' ? words.slice(1) : [];
  return {
    assigned: [...before, ...exported].map(({ text }) => text.replace(/=.*$/s, '')),
    words: first === -1 ? before.map((word) => ({ ...word, text: '' })) : words,
  };
}
