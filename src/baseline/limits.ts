/**
 * Caps on documents from outside. They are far above what a real run writes, and low enough that a hostile
 * document costs a reader well under a second and little memory.
 */
export const CAPS = {
  /** Bytes of a document as stored (gzip). */
  compressedBytes: 8 * 1024 * 1024,
  /** Bytes of a document as text. */
  textBytes: 32 * 1024 * 1024,
  /** Bytes of a stored one as text: it was thinned, and it may come from anybody. */
  storedTextBytes: 16 * 1024 * 1024,
  depth: 16,
  /** Objects, arrays, strings and numbers, without the buckets of histograms. */
  nodes: 500_000,
  /** Entries of any list; a histogram has fewer buckets. */
  items: 50_000,
  scenarios: 500,
  rounds: 500,
  parts: 500,
  metrics: 200,
  warnings: 500,
  /** Entries of a name-to-number table (counters, values ...). */
  names: 500,
  points: 200,
  nameLength: 256,
  textLength: 4096,
  logLength: 65_536,
  /** Largest magnitude of any number: nothing real comes near, and sums of such numbers stay finite. */
  magnitude: 1e60,
} as const;

/** Size to which a stored baseline is thinned, in bytes of gzip. Twenty of them are read for one comparison. */
export const STORED_BYTES = 32 * 1024;
