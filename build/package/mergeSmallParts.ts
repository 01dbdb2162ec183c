/** A file less to open, at a cold start from a read-only package, is worth more than so many bytes less to parse. */
const SMALL_IN_BYTES = 24 * 1024;

const MERGED = 'common.cjs';

/**
 * Puts the small parts of a bundle into one file, `common.cjs`, where each still runs when it is first asked for and once.
 * @param files CommonJS texts by file name, which ask for each other as `require("./NAME")`.
 * @param kept Names of files that stay what they are.
 */
export function mergeSmallParts(
  files: ReadonlyMap<string, string>,
  kept: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const isSmall = (name: string) =>
    !kept.has(name) && (files.get(name)?.length ?? SMALL_IN_BYTES) < SMALL_IN_BYTES;
  const names = [...files.keys()].filter(isSmall).sort();
  const asking = (text: string, ask: (name: string) => string) =>
    text.replace(/\brequire\("\.\/([\w.-]+\.cjs)"\)/g, (whole, name: string) =>
      isSmall(name) ? ask(name) : whole,
    );
  const parts = names.map((name) => {
    const text = asking(files.get(name) ?? '', (other) => `part(${JSON.stringify(other)})`);
    return `${JSON.stringify(name)}(module,exports){${text}\n}`;
  });
  const rest = [...files]
    .filter(([name]) => !isSmall(name))
    .map(
      ([name, text]) =>
        [name, asking(text, (other) => `require("./${MERGED}")(${JSON.stringify(other)})`)] as const,
    );
  return new Map(
    names.length === 0 ? rest : [...rest, [MERGED, `const parts={${parts.join(',\n')}};\n${RUNNER}`]],
  );
}

const RUNNER = `const made=new Map();
function part(name){
let module=made.get(name);
if(module===undefined){module={exports:{}};made.set(name,module);parts[name](module,module.exports)}
return module.exports}
module.exports=part;
`;
