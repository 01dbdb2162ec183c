/** Lets so many pieces of work go on at once, the others in the order of asking. */
export interface Room {
  within<Value>(work: () => Promise<Value>): Promise<Value>;
}

export function createRoom(places: number): Room {
  const waiting: (() => void)[] = [];
  let free = places;
  const enter = async () => {
    if (free > 0) {
      free -= 1;
      return;
    }
    await new Promise<void>((resolve) => waiting.push(resolve));
  };
  const leave = () => {
    const next = waiting.shift();
    if (next === undefined) free += 1;
    else next();
  };
  return {
    within: async (work) => {
      await enter();
      try {
        return await work();
      } finally {
        leave();
      }
    },
  };
}
