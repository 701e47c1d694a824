import { quantity } from '../quantity.ts';
import type { Direction, MetricTrend, TrendSection } from './build.ts';

/** Words and signs of a direction, the same in every format. */
export const DIRECTIONS: Readonly<Record<Direction, string>> = {
  degrading: '▲ degrading',
  improving: '▼ improving',
  stable: 'stable',
  unclear: 'unclear',
};

const MOST_VALUES = 8;

/** The last values in one unit: `10.1, 10.4, 12.2 ms`. */
export function valuesText({ metric, points }: MetricTrend): string {
  const texts = points.slice(-MOST_VALUES).map(({ value }) => quantity(value, metric.unit));
  const unitOf = (text: string) => /^[-<\d.]*(.*)$/.exec(text)?.[1] ?? '';
  const unit = unitOf(texts.at(-1) ?? '');
  const alike = texts.every((text) => unitOf(text) === unit);
  const cut = points.length > MOST_VALUES ? '… ' : '';
  if (!alike || unit === '') return `${cut}${texts.join(', ')}`;
  return `${cut}${texts.map((text) => text.slice(0, text.length - unit.length)).join(', ')}${unit}`;
}

/** `+22%`, `-3.1 pp`. */
export function changeText({ change, metric }: MetricTrend): string {
  if (change === null) return '–';
  const percent = change * 100;
  const size = Math.abs(percent) >= 9.95 ? Math.abs(percent).toFixed(0) : Math.abs(percent).toFixed(1);
  const sign = Number(size) === 0 ? '' : change > 0 ? '+' : '-';
  return `${sign}${size}${metric.from.type === 'proportion' ? ' pp' : '%'}`;
}

/** `2026-11-03 at abc1234: 10.1 ms to 12.2 ms`. */
export function changePointTexts({ changePoints, metric }: MetricTrend): string[] {
  return changePoints.map(({ point, before, after }) => {
    const at = point.sha === null ? '' : ` at ${point.sha.slice(0, 9)}`;
    return `${day(point.createdAt)}${at}: ${quantity(before, metric.unit)} to ${quantity(after, metric.unit)}`;
  });
}

export const day = (iso: string): string => iso.slice(0, 10);

/** `ubuntu-24.04 x64, 4 × AMD EPYC 7763, 16 GB, node 24`. */
export function environmentText({ environment }: TrendSection): string {
  const { os, imageFamily, arch, cpuModel, cpuCount, memoryGb, runtime } = environment.gates;
  const system = imageFamily === '' || imageFamily === 'none' ? os : imageFamily;
  return `${system} ${arch}, ${cpuCount} × ${cpuModel}, ${memoryGb} GB, ${runtime}`;
}
