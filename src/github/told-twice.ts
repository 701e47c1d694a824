import { httpStatus } from './errors.ts';

/**
 * What `ask` gives, or null where GitHub says twice that it is not there, or no longer: a replica behind the others says
 * 404 too, and nothing that decides a verdict is missed for that. Rejects with every other failure.
 */
export async function unlessAbsent<T>(ask: () => Promise<T>): Promise<T | null> {
  for (let looks = 1; ; looks++) {
    try {
      return await ask();
    } catch (error) {
      if (![404, 410].includes(httpStatus(error) ?? 0)) throw error;
      if (looks === 2) return null;
    }
  }
}
