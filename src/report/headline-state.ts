import type { Report } from '../domain/report.ts';
import type { Voice } from './phrase.ts';
import type { Selection } from './selection.ts';

export type Tone = 'bad' | 'warn' | 'unsure' | 'good' | 'neutral';

/** One line that says what happened, and one that says what to do. Only `good` may look green. */
export type Headline = { icon: string; tone: Tone; text: string; action: string };

/** A headline as it is found. `voiced`: its action holds names that a stranger chose, in the voice of the format already. */
export type Found = Headline & { voiced?: true };

/** What the words of a headline are chosen from. */
export type State = { report: Report; rows: Selection; voice: Voice };
