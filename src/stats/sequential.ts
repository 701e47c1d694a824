import { studentTail, studentUpperQuantile } from './student.ts';

/** Error spent by the time a fraction of the data is in: Pocock-type, Lan & DeMets 1983: alpha * ln(1 + (e - 1) * fraction). */
export function spentError(alpha: number, fraction: number): number {
  return alpha * Math.log1p((Math.E - 1) * Math.min(1, Math.max(0, fraction)));
}

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
type Masses = { points: Float64Array; masses: Float64Array; n: number };

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
    values.push(edge * Math.sqrt((look - 1) / (1 - edge * edge)));
    spent += target;
    state = turned(state, edge, angles);
  }
  return values;
}

const cosine = (t: number, n: number): number => t / Math.sqrt(t * t + n - 1);

/** A t so large that what lies above it cannot matter. */
const beyond = (alpha: number, n: number): number => studentUpperQuantile(alpha * 1e-7, n - 1);

/** Edges even in the angle: narrow where the cosine crowds towards one. */
function binEdges(edge: number): { nodes: Float64Array; points: Float64Array } {
  const angle = Math.asin(edge);
  const nodes = Float64Array.from({ length: BINS + 1 }, (_, j) => Math.sin((angle * j) / BINS));
  const points = Float64Array.from({ length: BINS }, (_, j) => Math.sin((angle * (j + 0.5)) / BINS));
  return { nodes, points };
}

function startingMasses(n: number, edge: number): Masses {
  const { nodes, points } = binEdges(edge);
  const tail = (r: number): number => 2 * studentTail((r * Math.sqrt(n - 1)) / Math.sqrt(1 - r * r), n - 1);
  const tails = Float64Array.from(nodes, tail);
  return { n, points, masses: points.map((_, j) => (tails[j] ?? 0) - (tails[j + 1] ?? 0)) };
}

/** The state one observation later, cut off at `edge`. */
function turned(state: Masses, edge: number, angles = angleDistribution(state.n)): Masses {
  const { nodes, points } = binEdges(edge);
  const tails = Float64Array.from(nodes, (node) => tailMass(state, angles, node));
  return { n: state.n + 1, points, masses: points.map((_, j) => (tails[j] ?? 0) - (tails[j + 1] ?? 0)) };
}

/** The cosine that leaves a mass of `target` above it at the next observation. */
function crossing(state: Masses, angles: Angles, target: number): number {
  let low = 0;
  let high = Math.PI / 2;
  for (let i = 0; i < 45; i++) {
    const middle = (low + high) / 2;
    if (tailMass(state, angles, Math.sin(middle)) > target) low = middle;
    else high = middle;
  }
  return Math.sin((low + high) / 2);
}

/** Mass with |r'| above `edge` after one more observation. */
function tailMass({ n, points, masses }: Masses, angles: Angles, edge: number): number {
  let sum = 0;
  for (let j = 0; j < points.length; j++) {
    const r = points[j] ?? 0;
    const reach = (edge * Math.sqrt(n + 1)) / Math.sqrt(n * r * r + 1);
    if (reach >= 1) continue;
    const from = Math.asin(reach);
    const turn = Math.atan(Math.sqrt(n) * r);
    const above = angles(Math.PI - from - turn) - angles(from - turn);
    sum += (masses[j] ?? 0) * (above + angles(-from - turn));
  }
  return sum;
}

type Angles = (angle: number) => number;
const CELLS = 2048;

/** Distribution function of the angle with density proportional to cos(φ)^(n - 1): Simpson's rule, Hermite in between. */
function angleDistribution(n: number): Angles {
  const width = Math.PI / CELLS;
  const density = (angle: number): number => Math.max(0, Math.cos(angle)) ** (n - 1);
  const heights = new Float64Array(CELLS + 1);
  const sums = new Float64Array(CELLS + 1);
  for (let i = 0; i <= CELLS; i++) {
    const right = -Math.PI / 2 + i * width;
    heights[i] = density(right);
    if (i > 0)
      sums[i] =
        (sums[i - 1] ?? 0) +
        (width / 6) * ((heights[i - 1] ?? 0) + 4 * density(right - width / 2) + (heights[i] ?? 0));
  }
  const total = sums[CELLS] ?? 1;
  return (angle) => {
    const place = (angle + Math.PI / 2) / width;
    if (place <= 0) return 0;
    if (place >= CELLS) return 1;
    const i = Math.floor(place);
    const u = place - i;
    const a = sums[i] ?? 0;
    const b = sums[i + 1] ?? 0;
    const slopeA = (heights[i] ?? 0) * width;
    const slopeB = (heights[i + 1] ?? 0) * width;
    const rest = 1 - u;
    const value =
      rest * rest * (1 + 2 * u) * a +
      rest * rest * u * slopeA +
      u * u * (3 - 2 * u) * b -
      u * u * rest * slopeB;
    return value / total;
  };
}
