import type { Captures } from "../../src/modes/common/captures.ts";

/** For shells without a gateway: nothing is captured. */
export const noCaptures: Captures = {
  all: [],
  get: () => undefined,
  define: () => true,
  start: () => undefined,
  stop: () => undefined,
  clear: () => undefined,
  remove: () => undefined,
  file: () => new Uint8Array(0),
};
