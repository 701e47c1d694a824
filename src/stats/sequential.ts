import { studentTail, studentUpperQuantile } from './student.ts';

/** Error spent by the time a fraction of the data is in: Pocock-type, Lan & DeMets 1983: alpha * ln(1 + (e - 1) * fraction). */
export function spentError(alpha: number, fraction: number): number {
  return alpha * Math.log1p((Math.E - 1) * Math.min(1, Math.max(0, fraction)));
}

const { asin, atan, cos, floor, PI, sin, sqrt } = Math;

const BINS = 240;
const known = new Map<string, number[]>();

/**
 * Two-sided critical values for Student's t looked at after each of `looks` blocks (increasing, at least 2), such
 * that under no effect the chance of passing any of them up to look k is the error spent by `looks[k] / most`.
 * Numerical recursion on the t process itself; a few ten milliseconds for twenty blocks, then remembered.
 */
export function sequentialCriticalValues(alpha: number, looks: readonly number[], most: number): number[] {
  const key = `${alpha} ${most} ${looks.join(' ')}`;
  const remembered = known.get(key);
  if (remembered) return [...remembered];
  assertLooks(alpha, looks, most);
  const values = solveCriticalValues(alpha, looks, most);
  if (known.size >= 500) known.clear();
  known.set(key, values);
  return [...values];
}

function assertLooks(alpha: number, looks: readonly number[], most: number): void {
  const increasing = looks.every((n, k) => Number.isInteger(n) && n >= 2 && n > (looks[k - 1] ?? 1));
  if (looks.length === 0 || !increasing || (looks.at(-1) ?? 0) > most)
    throw new RangeError(`looks must increase from at least 2 to at most ${most}, got ${looks.join(', ')}`);
  if (!(alpha > 0 && alpha < 1)) throw new RangeError(`not an error rate: ${alpha}`);
}

/*
 * Why one dimension is enough. Let r = sum / sqrt(n * sum of squares), the cosine between the data and the vector of
 * ones; t = r * sqrt((n - 1) / (1 - r²)). With no effect the direction of the data is uniform on the sphere and
 * independent of its length, so r is a Markov chain: the next observation turns the direction by an angle φ with
 * density proportional to cos(φ)^(n - 1), and
 *
 *      r' = (sqrt(n) * r * cos φ + sin φ) / sqrt(n + 1) = A * sin(φ + ψ) / sqrt(n + 1),
 *      A = sqrt(n * r² + 1),  tan ψ = sqrt(n) * r.
 *
 * |r| is followed as masses in narrow bins of the angle asin |r|, cut off at each look's critical value.
 */
type Masses = {
  n: number;
  masses: Float64Array;
  /** ψ and A of each bin's middle. */
  turns: Float64Array;
  lengths: Float64Array;
};

function solveCriticalValues(alpha: number, looks: readonly number[], most: number): number[] {
  const first = looks[0] ?? 2;
  let spent = spentError(alpha, first / most);
  const values = [studentUpperQuantile(spent / 2, first - 1)];
  let state = startingMasses(first, cosine(values[0] ?? 0, first));
  for (const look of looks.slice(1)) {
    while (state.n < look - 1) state = turned(state, cosine(beyond(alpha, state.n + 1), state.n + 1));
    const target = spentError(alpha, look / most) - spent;
    const angles = angleDistribution(look - 1);
    const edge = crossing(state, angles, target);
    values.push(edge * sqrt((look - 1) / (1 - edge * edge)));
    spent += target;
    state = turned(state, edge, angles);
  }
  return values;
}

const cosine = (t: number, n: number): number => t / sqrt(t * t + n - 1);

/** A t so large that what lies above it cannot matter. */
const beyond = (alpha: number, n: number): number => studentUpperQuantile(alpha * 1e-7, n - 1);

function startingMasses(n: number, edge: number): Masses {
  const tail = (r: number): number => 2 * studentTail((r * sqrt(n - 1)) / sqrt(1 - r * r), n - 1);
  return binned(n, edge, tail);
}

/** The state one observation later, cut off at `edge`. */
function turned(state: Masses, edge: number, angles = angleDistribution(state.n)): Masses {
  return binned(state.n + 1, edge, (node) => tailMass(state, angles, node));
}

/** Masses in bins even in the angle, so narrow where the cosine crowds towards one, from the mass above a cosine. */
function binned(n: number, edge: number, massAbove: (cosine: number) => number): Masses {
  const width = asin(edge) / BINS;
  const masses = new Float64Array(BINS);
  const turns = new Float64Array(BINS);
  const lengths = new Float64Array(BINS);
  let above = massAbove(0);
  for (let j = 0; j < BINS; j++) {
    const next = massAbove(sin(width * (j + 1)));
    const middle = sin(width * (j + 0.5));
    masses[j] = above - next;
    turns[j] = atan(sqrt(n) * middle);
    lengths[j] = sqrt(n * middle * middle + 1);
    above = next;
  }
  return { n, masses, turns, lengths };
}

/** The cosine that leaves a mass of `target` above it at the next observation. */
function crossing(state: Masses, angles: Angles, target: number): number {
  let low = 0;
  let high = PI / 2;
  for (let i = 0; i < 45; i++) {
    const middle = (low + high) / 2;
    if (tailMass(state, angles, sin(middle)) > target) low = middle;
    else high = middle;
  }
  return sin((low + high) / 2);
}

/** Mass with |r'| above `edge` after one more observation. */
function tailMass({ n, masses, turns, lengths }: Masses, angles: Angles, edge: number): number {
  const scaled = edge * sqrt(n + 1);
  let sum = 0;
  for (let j = 0; j < BINS; j++) {
    const reach = scaled / (lengths[j] as number);
    if (reach >= 1) continue;
    const from = asin(reach);
    const turn = turns[j] as number;
    sum += (masses[j] as number) * (angles(PI - from - turn) - angles(from - turn) + angles(-from - turn));
  }
  return sum;
}

type Angles = (angle: number) => number;
const CELLS = 2048;

/** Distribution function of the angle with density proportional to cos(φ)^(n - 1): Simpson's rule, Hermite in between. */
function angleDistribution(n: number): Angles {
  const width = PI / CELLS;
  const density = (angle: number): number => Math.max(0, cos(angle)) ** (n - 1);
  const heights = new Float64Array(CELLS + 2);
  const sums = new Float64Array(CELLS + 2);
  for (let i = 0; i <= CELLS; i++) {
    const right = -PI / 2 + i * width;
    heights[i] = density(right);
    if (i === 0) continue;
    const left = heights[i - 1] as number;
    const middle = density(right - width / 2);
    sums[i] = (sums[i - 1] as number) + (width / 6) * (left + 4 * middle + (heights[i] as number));
  }
  const total = sums[CELLS] as number;
  return (angle) => {
    const place = (angle + PI / 2) / width;
    if (place <= 0) return 0;
    if (place >= CELLS) return 1;
    const i = floor(place);
    const u = place - i;
    const rest = 1 - u;
    const fromLeft = rest * rest * ((1 + 2 * u) * (sums[i] as number) + u * width * (heights[i] as number));
    const fromRight =
      u * u * ((3 - 2 * u) * (sums[i + 1] as number) - rest * width * (heights[i + 1] as number));
    return (fromLeft + fromRight) / total;
  };
}
