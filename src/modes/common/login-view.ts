/** One who is logged in on the router now, for `show users`. */
export interface LoginView {
  /** Empty on a line that asks for no name. */
  readonly user: string;
  /** `con 0`, `vty 2`. */
  readonly line: string;
  readonly since: Date;
}
