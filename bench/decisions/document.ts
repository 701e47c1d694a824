import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { describe, parseCycles } from './interleave.ts';
import { machines, NO_EFFECT } from './machines.ts';
import { type Axis, type Curve, curvesPicture, histogramPicture } from './pictures.ts';
import { main as replayHistory } from './replay.ts';
import { describeRules, replayRules } from './rules.ts';
import { main as simulate, simulateNaive, simulatePaired } from './simulate.ts';
import { parseTrials } from './trial.ts';

const DOCUMENT = 'docs/how-it-decides.md';
const PICTURES = 'docs/pictures';
const RECORDINGS = 'bench/decisions/recordings';
const EFFECTS = [0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5];

/** The text with what stands between `<!-- name -->` and `<!-- /name -->` replaced. Throws where they are not there. */
export function withSection(text: string, name: string, body: string): string {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [text.indexOf(open), text.indexOf(close)];
  if (from < 0 || to < from) throw new Error(`${DOCUMENT} has no section ${open} ... ${close}`);
  return `${text.slice(0, from + open.length)}\n${body.trim()}\n${text.slice(to)}`;
}

const percent = (share: number): string => `${Math.round(share * 100)}%`;

/** Share of simulated jobs in which p95 of a scenario regressed (ours), or an alarm came (one run against one). */
function powerPicture(jobs: number): string {
  const x: Axis = {
    label: 'true slow-down (limit: +20%)',
    ticks: [0, 0.1, 0.2, 0.3, 0.4, 0.5],
    show: percent,
  };
  const y: Axis = { label: 'share reported as regressed', ticks: [0, 0.25, 0.5, 0.75, 1], show: percent };
  const curves = ['hosted', 'noisy', 'noisy, one-sided bursts'].flatMap((name): Curve[] => {
    const machine = machines.find((one) => one.name === name);
    if (!machine) return [];
    const points = EFFECTS.map((effect, i) => {
      const { speeds } = simulatePaired(machine, { ...NO_EFFECT, slower: 1 + effect }, jobs, 100 + i);
      const all = Object.values(speeds.p95).reduce((sum, count) => sum + count, 0);
      return [effect, (speeds.p95.regressed ?? 0) / all] as const;
    });
    return [{ name: `paired, ${name}`, points }];
  });
  const noisy = machines.find(({ name }) => name === 'noisy');
  const naive = EFFECTS.map((effect, i) => {
    const slowed = { ...NO_EFFECT, slower: 1 + effect };
    return [effect, noisy ? simulateNaive(noisy, slowed, jobs, 200 + i).alarms / jobs : 0] as const;
  });
  curves.push({ name: "one run against the last job's, noisy", points: naive, dashed: true });
  return curvesPicture('Simulated power', x, y, curves);
}

/**
 * Regenerates the tables and pictures of docs/how-it-decides.md from the simulation and the recordings. --jobs N (600) a line
 * of the simulation, 0 to leave it as it is; --history PATH replays a history (see replay.ts), which stays as it is without.
 */
export function main(args: readonly string[]): string {
  const { values } = parseArgs({
    args: [...args],
    options: { jobs: { type: 'string', default: '600' }, history: { type: 'string' } },
  });
  const jobs = Number(values.jobs);
  if (!(Number.isInteger(jobs) && jobs >= 0))
    throw new Error(`--jobs: expected a number of at least 0, got ${values.jobs}`);
  let text = readFileSync(DOCUMENT, 'utf8');
  if (jobs > 0) text = withSection(text, 'simulation', simulate([values.jobs, '1']));
  if (values.history !== undefined) text = withSection(text, 'history', replayHistory([values.history]));
  const trials = parseTrials(readFileSync(`${RECORDINGS}/service.ndjson`, 'utf8'));
  text = withSection(text, 'recordings', describeRules(trials));
  const cycles = `${RECORDINGS}/interleave.ndjson`;
  if (existsSync(cycles))
    text = withSection(text, 'interleaving', describe(parseCycles(readFileSync(cycles, 'utf8'))));
  mkdirSync(PICTURES, { recursive: true });
  if (jobs > 0) writeFileSync(`${PICTURES}/power.svg`, powerPicture(Math.ceil(jobs / 3)));
  const { ratios, wholeRatios } = replayRules(trials);
  const x: Axis = {
    label: 'ln(candidate / baseline) of p95, equal sides',
    ticks: [-1, -0.5, 0, 0.5, 1],
    show: (value) => String(value),
  };
  writeFileSync(
    `${PICTURES}/equal-sides.svg`,
    histogramPicture('Equal sides, recorded: how far apart they read', x, 40, [
      { name: 'one interleaved block', values: [...ratios.values()].flat() },
      { name: 'one whole run after another', values: wholeRatios },
    ]),
  );
  writeFileSync(DOCUMENT, text);
  return `${DOCUMENT} and ${PICTURES} regenerated`;
}
