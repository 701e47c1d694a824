import { httpReader } from './http.ts';
import { microReader } from './micro.ts';
import type { ScenarioReader } from './scenario.ts';
import { websocketReader } from './websocket.ts';

/** Every type of scenario that a config may name. */
export const scenarioReaders: readonly ScenarioReader[] = [httpReader, websocketReader, microReader];
