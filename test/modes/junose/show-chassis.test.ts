/** `show` of the chassis, and the session that archiving tools hold with an E-series box. */

import { expect, test } from "vitest";
import { TestRouter, text } from "./router.ts";

test("hardware, environment and redundancy name what a process has of a chassis, and nothing else", () => {
  const router = new TestRouter();
  expect(router.session("show hardware", "show environment all", "show redundancy")).toBe(text`
    host1#show hardware
    chassis: 14 slot ERX-1440, in software

                    serial      assembly    assembly
    slot  type      number      number      rev.        ram   runs as
    ----  --------  ----------  ----------  --------    ----  --------------------
    0     SRP-10Ge  ---         ---         ---         1024  route processor
    2     GE        ---         ---         ---         ---   line module
    5     ISM       ---         ---         ---         ---   IPsec service module

    Ciphers are computed by node
    host1#show environment all
    chassis: 14 slot (ERX-1440, in software)
    fabric: none, cards are one process
    fans: not present
    nvs: ok (64MB flash disk, 0% full)
    power: the host's
    srp redundancy: none
    slots: ok
      online: 0 2 5
      standby: none
      offline: none
      empty: 1 3 4 6 7 8 9 10 11 12 13
    line redundancy: none
    temperature: not measured
    timing: the host's clock
    system operational: yes
    host1#show redundancy
    SRP
    ---
    SRP module in slot 0 is active; there is no other
    high-availability state: disabled

    line modules
    ------------
    No redundancy groups configured
  `);
});

test("show utilization tells the figures behind its table on request", () => {
  const [plain, detail] = ["show utilization", "show utilization detail"].map(
    (line) => new TestRouter().shell.execute(line).lines,
  );
  expect(detail).toEqual([
    ...(plain ?? []),
    "",
    "slot 0 memory: 96MB of 1024MB",
    "slot 0 cpu: 3% of 5 seconds, 2% of 1 minute, 1% of 5 minutes",
  ]);
});

test("processor and memory are those of the process", () => {
  const router = new TestRouter();
  expect(router.session("show utilization", "show processes cpu", "show processes memory")).toBe(text`
    host1#show utilization
                       memory   cpu     bw
    slot  type         (%)      (%)     exceeded
    ----  -----------  ------   -----   --------
    0     SRP-10Ge     9        3       ---
    2     GE           ---      ---     ---
    5     ISM          ---      ---     ---
    host1#show processes cpu
                      user        system      5 sec    1 min    5 min
    pid     process   time (ms)   time (ms)   cpu      cpu      cpu
    ------  --------  ----------  ----------  -------  -------  -------
    4711    lnsh      1200        300         3%       2%       1%
    host1#show processes memory
                      resident      heap          heap in use
    pid     process   (bytes)       (bytes)       (bytes)
    ------  --------  ------------  ------------  ------------
    4711    lnsh      100663296     50331648      33554432

    Memory of the host: 1073741824 bytes, 536870912 free
  `);
});

test("show boot tells what is configured to start, else what runs", () => {
  const router = new TestRouter();
  expect(router.session("show boot")).toBe(text`
    host1#show boot
    System Release:        lnsh_1-2-3.rel
    System Configuration:  running-configuration
    Backup Release:        none
  `);
  router.load("boot system erx_9-3-0.rel");
  expect(router.session("show boot")).toContain("System Release:        erx_9-3-0.rel");
});

/** The commands of RANCID's jerancid in its order, and what each of its parsers refuses or looks for. */
const RANCID: readonly (readonly [command: string, wanted: RegExp, refused: RegExp])[] = [
  ["show version", /^Juniper Edge .* (\S+)$/m, /^%/m],
  ["show redundancy", /\S/, /^%/m],
  ["show boot", /^System Release:[\s\S]*^System Configuration:/m, /^\s*\^\s*$|Ambiguous command/m],
  ["show environment all", /\S/, /auto-sync enabled|processor\s+processor/],
  ["dir", /^\S+:\s+\d+\s+\d+\s+\d+/m, /^%|not sync/m],
  ["show hardware", /\S/, /^%/m],
  ["show configuration", /^! end of /im, /Non-Volatile memory is in use/],
];

test("every command of the archiving tool's session answers in its shape and ends at the same prompt", () => {
  const router = new TestRouter();
  router.load("hostname east\naaa local database default\nusername fred password 0 fredPw");
  const prompt = router.shell.prompt();
  for (const setUp of ["terminal length 0", "terminal width 132", "terminal width 512"]) {
    expect(router.shell.execute(setUp)).toMatchObject({ ok: true, lines: [] });
  }
  for (const [command, wanted, refused] of RANCID) {
    const result = router.shell.execute(command);
    expect({ command, ok: result.ok, prompt: router.shell.prompt() }).toEqual({ command, ok: true, prompt });
    const printed = result.lines.join("\n");
    expect(printed).toMatch(wanted);
    expect(printed).not.toMatch(refused);
    // What looks like the prompt, or like the end of the session, would end the tool's reading early.
    expect(printed).not.toMatch(/^east[^#>\n]*[#>]|#\s?exit$/m);
    expect(printed).not.toContain("fredPw");
  }
});

test("the prompt is what both tools recognise, in user and privileged exec and in a virtual router", () => {
  const exscript = /[\r\n][-\w+.:/]+(?:\([^)]+\))?[>#] ?$/;
  const router = new TestRouter();
  router.load("hostname east\nvirtual-router westford");
  for (const line of ["", "virtual-router westford", "configure terminal", "end", "disable"]) {
    router.shell.execute(line);
    expect(`\r\n${router.shell.prompt()}`).toMatch(exscript);
  }
});
