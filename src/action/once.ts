/** The work done once for each argument; what failed is done again where it is asked for again. */
export function onceEach<A, T>(work: (argument: A) => Promise<T>): (argument: A) => Promise<T> {
  const done = new Map<A, Promise<T>>();
  return (argument) => {
    const known = done.get(argument);
    if (known !== undefined) return known;
    const made = work(argument);
    done.set(argument, made);
    made.catch(() => done.delete(argument));
    return made;
  };
}

export function once<T>(work: () => Promise<T>): () => Promise<T> {
  const each = onceEach(work);
  return () => each(undefined);
}
