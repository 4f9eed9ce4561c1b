/** Switches of debugging over a set of their names, which one login has for itself or all logins share. */

import type { DebugSwitches } from "../modes/common/exec-context.ts";

export function debugSwitches(on: Set<string>): DebugSwitches {
  return { on, set: (name, isOn) => void (isOn ? on.add(name) : on.delete(name)), clear: () => on.clear() };
}
