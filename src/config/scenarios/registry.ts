import { httpReader } from './http.ts';
import { microReader } from './micro.ts';
import type { ScenarioReader } from './scenario.ts';

/** Every type of scenario that a config may name. */
export const scenarioReaders: readonly ScenarioReader[] = [httpReader, microReader];

/** Types that are agreed upon but cannot be measured yet. */
export const upcomingTypes: readonly string[] = ['websocket'];
