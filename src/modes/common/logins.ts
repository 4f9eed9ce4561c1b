/** Who is logged in, and what one login may do to another. Lines are named as the router names them: `con 0`, `vty 2`. */

export interface LoginView {
  readonly line: string;
  /** Empty = nobody said who they are. */
  readonly user: string;
  /** Since the login. */
  readonly activeMillis: number;
  readonly idleMillis: number;
  /** Where the login comes from; empty = from here. */
  readonly location: string;
  /** The privilege level that it works at. */
  readonly level: number;
  /** Where it stands. */
  readonly virtualRouter: string;
}

export interface Logins {
  /** In the order of the lines. */
  readonly all: readonly LoginView[];
  /** Ends the login at a line; false = there is none. */
  clear(line: string): boolean;
  /** Prints lines at one login, or at all of them; tells at how many. */
  send(lines: readonly string[], line?: string): number;
}

/** The number that a line has among all: the console is 0, then come `others` of other kinds, then the vty lines. */
export function lineNumber(line: string, others: number): number {
  const [kind, number] = line.split(" ");
  return kind === "vty" ? 1 + others + Number(number) : 0;
}

/** What the configuration sets for a terminal line; absent = nothing. */
export interface LineSettings {
  readonly length?: number | undefined;
  readonly width?: number | undefined;
  readonly historySize?: number | undefined;
  /** The login ends when nothing is typed for so long; 0 = never. */
  readonly idleMillis?: number | undefined;
  /** Whether the keys of the line editor work; absent = yes. */
  readonly editing?: boolean | undefined;
  /** Whether banners are shown; absent = yes. */
  readonly motdBanner?: boolean | undefined;
  readonly execBanner?: boolean | undefined;
  /** Whether the prompt and what was being typed are printed again behind a message that came between; absent = yes. */
  readonly reprintsBehind?: ((message: string) => boolean) | undefined;
}
