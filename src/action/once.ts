/** The work done once for each argument; a promise that was rejected is made again where it is asked for again. */
export function onceEach<A, T>(work: (argument: A) => T): (argument: A) => T {
  const done = new Map<A, T>();
  return (argument) => {
    const known = done.get(argument);
    if (known !== undefined) return known;
    const made = work(argument);
    done.set(argument, made);
    if (made instanceof Promise) made.catch(() => done.delete(argument));
    return made;
  };
}

export function once<T>(work: () => Promise<T>): () => Promise<T> {
  const each = onceEach(work);
  return () => each(undefined);
}
