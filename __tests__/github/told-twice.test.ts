import { expect, test } from '@jest/globals';
import { unlessAbsent } from '../../src/github/told-twice.ts';

const answers = (...statuses: number[]) => {
  const asked: number[] = [];
  return {
    asked,
    ask: async () => {
      const status = statuses[asked.length] ?? 200;
      asked.push(status);
      if (status !== 200) throw Object.assign(new Error(`HTTP ${status}`), { response: { status } });
      return 'there';
    },
  };
};

test('what is not there once is asked for again', async () => {
  expect(await unlessAbsent(answers(404).ask)).toBe('there');
  const twice = answers(404, 404);
  expect(await unlessAbsent(twice.ask)).toBeNull();
  expect(twice.asked).toEqual([404, 404]);
});

test('every other failure is its own', async () => {
  await expect(unlessAbsent(answers(500).ask)).rejects.toThrow('HTTP 500');
  await expect(unlessAbsent(answers(404, 403).ask)).rejects.toThrow('HTTP 403');
});
