import { statSync } from 'node:fs';

/** Short files of long trials, and those that wait most. */
const LONG = /\/__tests__\/(faults\/|e2e\/(concurrency|stores|many-jobs|chat-situations)\.)/;

/** What takes longest begins first, or the others are done and all wait for it. Without a cache, size is the only hint. */
export default class LongestFirst {
  sort(tests) {
    const weight = ({ path }) => statSync(path).size + (LONG.test(path) ? 1e6 : 0);
    return [...tests].sort((a, b) => weight(b) - weight(a));
  }

  cacheResults() {}
}
