// Every pattern here looks ahead by a bounded number of characters, so that no text costs more than its length.

/** Keys whose value is a secret whichever sign stands between the two. */
const SECRET_KEY = [
  'passw(?:or)?d|passphrase|pwd|secret|token|assertion|signature|credentials?|aaduserticket',
  '(?:api|access|account|primary|secondary|master|functions?|host|subscription|private|storage)[-_ ]?key',
].join('|');

const secrets: readonly (readonly [RegExp, string])[] = [
  [/(\bauthorization["']?\s?[:=]\s?["']?)(?:\w{1,20}\s)?[^\s"'<>]+/gi, '$1[secret]'],
  [/(\bcookie["']?\s?[:=]\s?["']?)[^"'<>]+/gi, '$1[secret]'],
  [new RegExp(`((?:${SECRET_KEY})["']?\\s?[:=]\\s?)"(?:[^"\\\\]|\\\\.)*(?:"|\\\\?$)`, 'gi'), '$1"[secret]"'],
  [new RegExp(`((?:${SECRET_KEY})["']?\\s?[:=]\\s?)'(?:[^'\\\\]|\\\\.)*(?:'|\\\\?$)`, 'gi'), "$1'[secret]'"],
  // In a connection string a value ends at the semicolon, whatever stands before it.
  [new RegExp(`((?:${SECRET_KEY})\\s?=\\s?)[^;&"'<>]{1,300}(?=;)`, 'gi'), '$1[secret]'],
  [new RegExp(`((?:${SECRET_KEY})["']?\\s?[:=]\\s?)[^\\s&;"'<>]+`, 'gi'), '$1[secret]'],
  // Words that mean something else wherever they are not a parameter.
  [/\b((?:sig|code|key|pass)=)[^&\s"'<>]+/gi, '$1[secret]'],
  [/(?<![a-z0-9+.-])[a-z0-9+.-]*:\/\/\S*/gi, '[link]'],
  [/:[^\s"'<>]{1,256}@\S*/g, ':[secret]'],
  [/\bBearer\s\S+/gi, 'Bearer [token]'],
  [/eyJ[\w-]{8,}[\w.+/=-]*/g, '[token]'],
  [/(?<![\d.])[01]\.A[\w.-]{12,}/g, '[token]'],
];

const basic = /\b(Basic\s)([\w+/-]{6,}={0,2})/gi;
const ordinaryWords = /^(?:[A-Z]?[a-z]*|[A-Z]+|\d+)(?:[-_/](?:[A-Z]?[a-z]+|[A-Z]+|\d+))*$/;

/** A text without any of these has no secret, which saves the names of long lists the search. */
const suspicious = /[:=%\\&]|basic|bearer|eyJ|[01]\.A|\bfrom\b|\bselect\b|\bwhere\b|\btimespan\b/i;

/**
 * One line of text with `[secret]`, `[token]`, `[link]` and `[query]` for what nobody may see, also where it is written
 * as a JSON text within JSON, URL-encoded or with HTML entities; then the text is shown decoded. Pure.
 */
export function maskSecrets(line: string, maskQuery: (text: string) => string): string {
  if (!suspicious.test(line)) return line;
  const mask = (text: string) => maskValues(maskQuery(text));
  let shown = mask(line);
  let layer = shown;
  for (let depth = 0; depth < 3; depth += 1) {
    const decoded = decode(layer);
    if (decoded === layer) break;
    layer = mask(decoded);
    if (layer !== decoded) shown = layer;
  }
  return shown;
}

function maskValues(text: string): string {
  let masked = text;
  for (const [pattern, replacement] of secrets) masked = masked.replace(pattern, replacement);
  return masked.replace(basic, (whole, scheme: string, value: string) =>
    ordinaryWords.test(value) ? whole : `${scheme}[token]`,
  );
}

const entities: Readonly<Record<string, string>> = { quot: '"', apos: "'", amp: '&', lt: '<', gt: '>' };

function decode(text: string): string {
  return text
    .replace(/\\u00([2-7][0-9a-f])/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replace(/(?<!\\)\\+(?=["'/])/g, '')
    .replace(/%(?:25)*([2-7][0-9a-f])/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replace(/&(\w{2,4});/g, (whole, name: string) => entities[name] ?? whole)
    .replace(/&#(?:x([0-9a-f]{2})|(\d{2,3}));/gi, (_, hex: string | undefined, decimal: string) =>
      String.fromCharCode(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)),
    );
}
