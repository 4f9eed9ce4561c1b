/**
 * Who is told that a descriptor has something to read, by the event loop that Node itself waits in: libuv's `uv_poll`, which the node
 * binary exports. The callback comes from C, so it only asks for a turn of its own: what runs in that may await and throw as usual.
 */

import { turnAsked, turnOver } from "../moderation.ts";
import type { PollLoop } from "./poll-loop.ts";
import type { System } from "./system.ts";

const UV_POLL = 8;
const UV_READABLE = 1;

interface LibUv {
  readonly handleLength: number;
  init(loop: unknown, handle: unknown, fd: number): number;
  start(handle: unknown, events: number, callback: unknown): number;
  stop(handle: unknown): number;
  close(handle: unknown, callback: unknown): void;
  readonly loop: unknown;
  readonly callbackType: unknown;
}

export interface Readiness {
  stop(): void;
}

let bound: LibUv | undefined;
let ownLoop: PollLoop | undefined;

/** On a thread beside the main one it is `loop` that tells, from now on. */
export function waitInLoop(loop: PollLoop): void {
  ownLoop = loop;
}

/** Calls `readable`, which says how many packets it read, again and again while there is something to read. The descriptor must not be closed before `stop`. */
export function whenReadable(system: System, fd: number, readable: () => number): Readiness {
  if (ownLoop !== undefined) return ownLoop.watch(fd, readable);
  const { koffi } = system;
  bound ??= bindLibUv(system);
  const uv = bound;
  const handle = koffi.alloc("uint8_t", uv.handleLength);
  let asked = false;
  let stopped = false;
  const turn = () => {
    asked = false;
    let count = 0;
    try {
      if (!stopped) count = readable();
    } finally {
      turnOver(count);
    }
  };
  const callback = koffi.register(
    () => {
      if (asked) return;
      asked = true;
      turnAsked();
      setImmediate(turn);
    },
    koffi.pointer(uv.callbackType as never),
  );
  system.checked("uv_poll_init", uv.init(uv.loop, handle, fd));
  system.checked("uv_poll_start", uv.start(handle, UV_READABLE, callback));
  return {
    stop() {
      if (stopped) return;
      stopped = true;
      uv.stop(handle);
      // libuv looks at the handle once more before it lets go of it; that is in the turn after this one.
      uv.close(handle, null);
      setImmediate(() =>
        setImmediate(() => {
          koffi.unregister(callback);
          koffi.free(handle);
        }),
      );
    },
  };
}

function bindLibUv({ koffi }: System): LibUv {
  const node = koffi.load(null);
  const callbackType = koffi.proto("void LnshPollCallback(void *handle, int status, int events)");
  return {
    handleLength: node.func("size_t uv_handle_size(int type)")(UV_POLL),
    init: node.func("int uv_poll_init(void *loop, void *handle, int fd)"),
    start: node.func("int uv_poll_start(void *handle, int events, LnshPollCallback *callback)"),
    stop: node.func("int uv_poll_stop(void *handle)"),
    close: node.func("void uv_close(void *handle, void *callback)"),
    loop: node.func("void *uv_default_loop()")(),
    callbackType,
  };
}
