/** The names under which counters are marked when they are cleared; they are the same for every login. */

/** Counters of interfaces. */
export const INTERFACE_MARKS = "interfaces";
/** When an interface was last cleared. */
export function clearedMark(name: string): string {
  return `interface ${name}`;
}
