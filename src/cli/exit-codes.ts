/** What the process tells its caller. Documented in `docs/cli.md`, `docs/scripts.md` and in `--help`. */
export const EXIT = {
  ok: 0,
  /** A command or a configuration line was refused, or a lab scenario did not end as it should. */
  refused: 1,
  /** The command line itself was wrong. */
  usage: 2,
  /** Under `--strict`: every line was taken, and there are warnings. */
  warnings: 3,
  /** What `--wait` waited for did not come. */
  unmet: 4,
  /** There was nothing to work with: a port, an address, a file, a host that is not there or lets nobody in. */
  cannotStart: 5,
} as const;
