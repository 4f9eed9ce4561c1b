/** Seeded entropy for tests: the one of simulated networks. */

import { seededRandom as seeded } from "../../src/engine/kernel/seeded-random.ts";

export const seededRandom = seeded;
