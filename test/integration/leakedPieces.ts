/** As long as a piece must be to be found: whatever was cut to twice of it is found wherever the cut was made. */
const PIECE = 24;

/** The pieces of these secrets that stand in a text, each once. */
export function leakedPieces(text: string, secrets: readonly string[]): readonly string[] {
  const pieces = new Set(secrets.flatMap(piecesOf));
  const runs = text.match(/[\w.~+/=-]{24,}/g) ?? [];
  const found = new Set<string>();
  for (const run of runs) {
    for (let at = 0; at + PIECE <= run.length; at += 1) {
      const piece = run.slice(at, at + PIECE);
      if (pieces.has(piece)) found.add(piece);
    }
  }
  return [...found];
}

function piecesOf(secret: string): readonly string[] {
  const count = Math.floor(secret.length / PIECE);
  return Array.from({ length: count }, (_, index) => secret.slice(index * PIECE, (index + 1) * PIECE));
}
