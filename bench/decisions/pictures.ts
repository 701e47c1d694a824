/*
 * Two kinds of small pictures as SVG, for documents: curves, and a histogram. Colours that read on light and dark pages.
 */
const WIDTH = 640;
const HEIGHT = 320;
const LEFT = 56;
const RIGHT = 16;
const TOP = 40;
const BOTTOM = 52;
const COLOURS = ['#2f81f7', '#e5534b', '#57ab5a', '#c69026', '#986ee2'];
const GREY = '#768390';

export type Curve = { name: string; points: readonly (readonly [x: number, y: number])[]; dashed?: boolean };
export type Axis = { label: string; ticks: readonly number[]; show: (value: number) => string };

const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
const at = (value: number): string => value.toFixed(1);

function text(x: number, y: number, what: string, more = ''): string {
  return `<text x="${at(x)}" y="${at(y)}" ${more}>${escaped(what)}</text>`;
}

function frame(title: string, x: Axis, y: Axis, body: readonly string[]): string {
  const [toX, toY] = [scale(x, LEFT, WIDTH - RIGHT), scale(y, HEIGHT - BOTTOM, TOP)];
  const lines = [
    ...x.ticks.map((tick) => text(toX(tick), HEIGHT - BOTTOM + 18, x.show(tick), 'text-anchor="middle"')),
    ...y.ticks.flatMap((tick) => [
      `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${at(toY(tick))}" y2="${at(toY(tick))}" stroke="${GREY}" stroke-opacity="0.3"/>`,
      text(LEFT - 8, toY(tick) + 4, y.show(tick), 'text-anchor="end"'),
    ]),
    text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 12, x.label, 'text-anchor="middle"'),
    text(LEFT, 18, title, 'font-weight="bold"'),
    text(LEFT, 33, y.label),
  ];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12" fill="${GREY}" role="img" aria-label="${escaped(title)}">`,
    ...lines,
    ...body,
    '</svg>',
    '',
  ].join('\n');
}

function scale({ ticks }: Axis, from: number, to: number): (value: number) => number {
  const [low, high] = [Math.min(...ticks), Math.max(...ticks)];
  return (value) => from + ((value - low) / (high - low)) * (to - from);
}

/** Curves over a common pair of axes, which reach from their first tick to their last. */
export function curvesPicture(title: string, x: Axis, y: Axis, curves: readonly Curve[]): string {
  const [toX, toY] = [scale(x, LEFT, WIDTH - RIGHT), scale(y, HEIGHT - BOTTOM, TOP)];
  const body = curves.flatMap(({ name, points, dashed }, i) => {
    const colour = COLOURS[i % COLOURS.length];
    const path = points.map(([px, py]) => `${at(toX(px))},${at(toY(py))}`).join(' ');
    const dash = dashed ? ' stroke-dasharray="5 4"' : '';
    const y0 = HEIGHT - BOTTOM - 14 * (curves.length - i) - 4;
    return [
      `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="2"${dash}/>`,
      text(WIDTH - RIGHT - 8, y0, name, `text-anchor="end" fill="${colour}"`),
    ];
  });
  return frame(title, x, y, body);
}

/** Shares of values by bins of equal width over the x axis; what lies beyond it is counted in the outermost bins. */
export function histogramPicture(
  title: string,
  x: Axis,
  bins: number,
  groups: readonly { name: string; values: readonly number[] }[],
): string {
  const [low, high] = [Math.min(...x.ticks), Math.max(...x.ticks)];
  const width = (high - low) / bins;
  const shares = groups.map(({ values }) => {
    const counts = new Array<number>(bins).fill(0);
    for (const value of values) {
      const bin = Math.min(bins - 1, Math.max(0, Math.floor((value - low) / width)));
      counts[bin] = (counts[bin] ?? 0) + 1 / Math.max(1, values.length);
    }
    return counts;
  });
  const most = Math.max(0.1, ...shares.flat());
  const top = Math.ceil(most * 10) / 10;
  const y: Axis = {
    label: 'share',
    ticks: [0, top / 2, top],
    show: (share) => `${Math.round(share * 100)}%`,
  };
  const [toX, toY] = [scale(x, LEFT, WIDTH - RIGHT), scale(y, HEIGHT - BOTTOM, TOP)];
  const body = groups.flatMap(({ name, values }, i) => {
    const colour = COLOURS[i % COLOURS.length];
    const bars = (shares[i] ?? []).flatMap((share, bin) =>
      share === 0
        ? []
        : [
            `<rect x="${at(toX(low + bin * width))}" y="${at(toY(share))}" width="${at(toX(width) - toX(0) - 1)}" height="${at(toY(0) - toY(share))}" fill="${colour}" fill-opacity="0.55"/>`,
          ],
    );
    const legend = `${name} (${values.length})`;
    return [
      ...bars,
      text(WIDTH - RIGHT - 8, TOP + 14 * (i + 1), legend, `text-anchor="end" fill="${colour}"`),
    ];
  });
  return frame(title, x, y, body);
}
