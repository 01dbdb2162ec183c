import fc from 'fast-check';
import { tellDiagnostics } from '../../../build/infra/diagnostics.ts';
import { firstDifference } from '../../../build/infra/firstDifference.ts';
import { orderSnapshot } from '../../../build/infra/orderSnapshot.ts';
import { splitMessages } from '../../../build/infra/splitMessages.ts';

describe('the check of infra', () => {
  test("reads the compiler's answers however the bytes arrive", () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 5 }),
        fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1 }),
        (texts, sizes) => {
          const sent = Buffer.concat(
            texts.map((text) => Buffer.from(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`)),
          );
          const told: string[] = [];
          const take = splitMessages((text) => told.push(text));
          for (let at = 0, turn = 0; at < sent.length; turn += 1) {
            const size = sizes[turn % sizes.length] ?? 1;
            take(sent.subarray(at, at + size));
            at += size;
          }
          expect(told).toEqual(texts);
        },
      ),
      { seed: 6, numRuns: 30 },
    );
  });

  test('tells the line at which what is committed and what is made part', () => {
    expect(firstDifference('a\nb\n', 'a\nb\n')).toBeNull();
    expect(firstDifference('a\nb\n', 'a\nc\n')).toBe('line 2\n  committed: b\n  made now:  c');
    expect(firstDifference('a\nb', 'a')).toContain('made now:  (no more lines)');
    expect(firstDifference('', 'a')).toContain('line 1');
  });

  test('takes every word of the compiler for a fault, a warning and a hint too', () => {
    const word = {
      source: 'main.bicep',
      range: { start: { line: 2, char: 4 } },
      code: 'BCP081',
      message: 'm',
    };

    expect(tellDiagnostics([])).toBeNull();
    expect(
      tellDiagnostics([
        { ...word, level: 'Warning' },
        { ...word, level: 'Info' },
      ]),
    ).toBe('main.bicep:3:5 Warning BCP081: m\nmain.bicep:3:5 Info BCP081: m');
  });

  test('finds no difference in the order in which the compiler gets to things', () => {
    const [one, other] = [
      '{"predictedResources":[{"id":"/b","type":"B"},{"id":"/a"}],"outputs":{"Z":1,"a":2},"diagnostics":[]}',
      '{"diagnostics":[],"outputs":{"a":2,"Z":1},"predictedResources":[{"id":"/a"},{"id":"/b","type":"B"}]}',
    ];

    expect(orderSnapshot(one)).toBe(orderSnapshot(other));
    expect(orderSnapshot(one)).not.toBe(orderSnapshot(other.replace('"type":"B"', '"type":"C"')));
  });
});
