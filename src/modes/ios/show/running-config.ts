/** `show running-config`: the configuration between its header and `end`. */

/** The byte count runs from the first `!` to the end, and one more. */
function framed(body: readonly string[]): string[] {
  const octets = [...body, "end"].reduce((sum, line) => sum + line.length + 1, 1);
  return ["Building configuration...", "", `Current configuration : ${octets} bytes`, ...body, "end", ""];
}

export function runningConfiguration(body: readonly string[]): string[] {
  return framed(body);
}

/** The block of one interface; an interface without configuration has none. */
export function runningInterface(body: readonly string[], name: string): string[] {
  const start = body.indexOf(`interface ${name}`);
  if (start < 0) return framed(["!"]);
  const length = body.slice(start + 1).findIndex((line) => !line.startsWith(" "));
  return framed(["!", ...body.slice(start, length < 0 ? undefined : start + 1 + length)]);
}
