/** What the process tells its caller. Documented in `docs/cli.md` and in `--help`. */
export const EXIT = {
  ok: 0,
  /** A command or a configuration line was refused, or a lab scenario did not end as it should. */
  refused: 1,
  /** The command line itself was wrong. */
  usage: 2,
  /** The gateway could not start: a port, an address or a file. */
  cannotStart: 3,
  /** Under `--strict`: every line was taken, and there are warnings. */
  warnings: 3,
} as const;
