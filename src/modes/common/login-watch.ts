/** Watching for whoever guesses passwords: what a configuration asks for, and what was seen. */

export interface LoginGuardSpec {
  /** A refusal is held back so long. */
  readonly delaySeconds: number;
  /** So many failures within a time, from wherever, and nobody new is let in for a while; absent = nobody counts. */
  readonly block?: LoginBlock | undefined;
  /** The access list of those who are let in even then; absent = nobody. */
  readonly quietList?: string | undefined;
}

export interface LoginBlock {
  readonly seconds: number;
  readonly attempts: number;
  readonly withinSeconds: number;
}

/** Failures of one name from one address. */
export interface LoginFailureView {
  readonly user: string;
  readonly from: string;
  /** The port of the box, whichever one stands for it here. */
  readonly port: number;
  readonly count: number;
  /** The last one. */
  readonly at: Date;
}

export interface LoginWatchView {
  readonly totalFailures: number;
  /** Failures that still count towards quiet mode. */
  readonly countedFailures: number;
  /** Until the oldest of them counts no more; 0 = there is none. */
  readonly windowMillis: number;
  /** Until quiet mode is over; 0 = it is not on. */
  readonly quietMillis: number;
  /** The one that was quiet longest first. */
  readonly failures: readonly LoginFailureView[];
}
