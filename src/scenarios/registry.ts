import type { Driver } from '../domain/driver.ts';
import { createHttpDriver } from './http/driver.ts';
import { createMicroDriver } from './micro/driver.ts';
import { createWebSocketDriver } from './websocket/driver.ts';

/** Where the bundled entries of the generator processes are. */
export type GeneratorEntries = { http: URL | string; websocket: URL | string; micro: URL | string };

/** One driver per scenario type. A new type is one file that makes a driver, and a line here. */
export function createDrivers(entries: GeneratorEntries): ReadonlyMap<string, Driver> {
  const drivers: Driver[] = [
    createHttpDriver({ generatorEntry: entries.http }),
    createWebSocketDriver({ generatorEntry: entries.websocket }),
    createMicroDriver({ runnerEntry: entries.micro }),
  ];
  return new Map(drivers.map((driver) => [driver.type, driver]));
}
