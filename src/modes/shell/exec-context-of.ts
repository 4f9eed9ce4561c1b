/** What an exec command sees: the running gateway, looked at when the command does, and where its shell stands. */

import type { ExecContext, Origin } from "../common/exec-context.ts";

/** What a shell takes from the gateway it belongs to. */
export interface ShellSupport {
  /** What exec commands see, but for what the shell itself knows. */
  context(): Omit<ExecContext, "chassis" | "routers" | "virtualRouter" | "renderConfiguration" | "session">;
  readonly session: { readonly user: string; readonly line: string; readonly since: Date; readonly origin?: Origin };
  /** Somebody sits at a terminal, who is asked before much is made or lost. */
  readonly attended?: boolean;
  /** The lines come from a file: whatever would do something now is refused. */
  readonly configurationOnly?: true;
}

/** What the shell itself knows. */
interface Standing extends Pick<ExecContext, "chassis" | "routers" | "virtualRouter" | "renderConfiguration"> {
  readonly level: number;
}

/** Each thing is asked of the gateway at most once for a line: most commands look at little. */
export function execContext(support: ShellSupport, { level, ...standing }: Standing): ExecContext {
  let asked: ReturnType<ShellSupport["context"]> | undefined;
  const gateway = () => {
    asked ??= support.context();
    return asked;
  };
  return {
    get snapshot() {
      return gateway().snapshot;
    },
    get clock() {
      return gateway().clock;
    },
    get debug() {
      return gateway().debug;
    },
    get terminal() {
      return gateway().terminal;
    },
    get logins() {
      return gateway().logins;
    },
    get running() {
      return gateway().running;
    },
    get files() {
      return gateway().files;
    },
    get logBuffer() {
      return gateway().logBuffer;
    },
    get log() {
      return gateway().log;
    },
    get baselines() {
      return gateway().baselines;
    },
    process: () => gateway().process(),
    get dashboard() {
      return gateway().dashboard;
    },
    get rates() {
      return gateway().rates;
    },
    get hostRefusals() {
      return gateway().hostRefusals;
    },
    get captures() {
      return gateway().captures;
    },
    get reach() {
      return gateway().reach;
    },
    get ssh() {
      return gateway().ssh;
    },
    get keys() {
      return gateway().keys;
    },
    get version() {
      return gateway().version;
    },
    request: (request) => gateway().request(request),
    ...standing,
    session: { ...support.session, level },
  };
}
