import { defineConfig } from "vitest/config";

const ELSEWHERE = ["test/interop/**", "test/bench/**"];
/** They measure the process, or change what is global in it, which leaves every loop slower. */
const APART = ["test/fuzz/keys.test.ts", "test/scenario/flood.test.ts", "test/scenario/scale.test.ts"];

export default defineConfig({
  test: {
    // A machine that is busy with other things fails no test.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    setupFiles: ["test/support/fixed-seed.ts"],
    expect: { poll: { timeout: 250_000 } },
    // Every core: many tests wait for a process or a socket.
    maxWorkers: "100%",
    projects: [
      { extends: true, test: { name: "apart", include: APART } },
      {
        extends: true,
        test: {
          name: "together",
          include: ["test/**/*.test.ts"],
          exclude: [...ELSEWHERE, ...APART],
          // Modules keep nothing but what can be computed again, so files share them, and what the JIT made of them: half the CPU time.
          isolate: false,
        },
      },
    ],
  },
});
