import { z } from 'zod';

const snapshotShape = z.looseObject({
  predictedResources: z.array(z.looseObject({ id: z.string() })),
  outputs: z.record(z.string(), z.unknown()).default({}),
});

/** The same snapshot in one order: the compiler gives resources and outputs in the order in which it gets to them. Pure. */
export function orderSnapshot(text: string): string {
  const { predictedResources, outputs, ...rest } = snapshotShape.parse(JSON.parse(text));
  const inOrder = {
    ...rest,
    predictedResources: predictedResources.toSorted((one, other) => compareText(one.id, other.id)),
    outputs: Object.fromEntries(
      Object.entries(outputs).toSorted(([one], [other]) => compareText(one, other)),
    ),
  };
  return `${JSON.stringify(inOrder, null, 2)}\n`;
}

/** By code units, the same in every language. */
function compareText(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
