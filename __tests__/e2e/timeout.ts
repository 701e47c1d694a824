import { jest } from '@jest/globals';

/** Whole jobs take their time: several boots, each under load. */
jest.setTimeout(300_000);
