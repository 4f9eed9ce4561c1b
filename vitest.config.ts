import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/interop/**", "test/bench/**"],
    // Modules keep nothing but what can be computed again, so files share them, and what the JIT made of them: half the CPU time.
    isolate: false,
    // A machine that is busy with other things fails no test.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 60_000 } },
    // Every core: many tests wait for a process or a socket.
    maxWorkers: "100%",
  },
});
