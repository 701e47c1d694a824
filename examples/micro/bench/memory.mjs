const cache = new Map(Array.from({ length: 10_000 }, (_, i) => [`user:${i}`, { id: i, name: `user ${i}` }]));

let next = 0;

/** Another key each time, so that the answer is not known beforehand. */
export function cacheHit() {
  next = (next + 7919) % 10_000;
  return cache.get(`user:${next}`);
}

const DIMENSIONS = 1536;
const vector = (seed) => Float64Array.from({ length: DIMENSIONS }, (_, i) => Math.sin(seed + i));
const a = vector(1);
const b = vector(2);

export function cosine() {
  let dot = 0;
  let aa = 0;
  let bb = 0;
  for (let i = 0; i < DIMENSIONS; i += 1) {
    dot += a[i] * b[i];
    aa += a[i] * a[i];
    bb += b[i] * b[i];
  }
  return dot / Math.sqrt(aa * bb);
}
