import { commonWord, inBrackets, wordAction } from './benchmark-words.ts';
import type { Headline, State } from './headline-state.ts';
import { list, place, type Voice } from './phrase.ts';

type Broken = { scenario: string; part?: string; reason?: string };

/** Parts that fail the run: the baseline measured them, or they have a limit, and no figure. Null where there are none. */
export function brokenParts({ rows, voice }: State): Pick<Headline, 'text' | 'action'> | null {
  const lost = rows.broken;
  const named = new Set(lost.map((row) => place(row, voice)));
  const limited = rows.brokenLimits.filter((row) => !named.has(place(row, voice)));
  if (lost.length + limited.length === 0) return null;
  const told = [
    sentence(lost, voice, 'any more', (many) => `the baseline measured ${many ? 'them' : 'it'}`),
    sentence(
      limited,
      voice,
      '',
      (many) => `${many ? 'their limits' : 'its limit'} cannot be said to be kept`,
    ),
  ];
  const word = commonWord([...lost, ...limited].map(({ reason }) => reason));
  return {
    text: told.filter((text) => text !== '').join('; '),
    action:
      word === undefined
        ? 'The word below says why: mend the benchmark, or what it calls.'
        : wordAction(word),
  };
}

/** "`m` › `parse` could not be measured any more (throws): the baseline measured it" */
function sentence(
  rows: readonly Broken[],
  voice: Voice,
  more: string,
  why: (many: boolean) => string,
): string {
  const places = rows.map((row) => place(row, voice));
  if (places.length === 0) return '';
  const word = inBrackets(commonWord(rows.map(({ reason }) => reason)));
  const many = new Set(places).size > 1;
  return `${list(places)} could not be measured${more === '' ? '' : ` ${more}`}${word}: ${why(many)}`;
}
