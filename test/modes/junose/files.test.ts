import { expect, test } from "vitest";
import { dialects } from "../../../src/modes/dialects.ts";
import { readConfiguration } from "../../../src/modes/shell/read-configuration.ts";
import { storesEqual } from "../../../src/modes/tree/equal.ts";
import { Dialogue } from "../../support/dialogue.ts";

const NOTE = "% The configuration is in memory and ends with this process; run lnsh with --state to keep it";

function router(configuration = "hostname east"): Dialogue {
  return new Dialogue(dialects.junose, configuration);
}

function configured(router: Dialogue, ...lines: readonly string[]): Dialogue {
  router.type("configure terminal");
  for (const line of lines) router.type(line);
  router.type("end");
  return router;
}

test("a change saves itself a second later", () => {
  const east = configured(router(), "hostname west");
  expect(east.kept.running.startup).toBeUndefined();
  east.kept.advance(1000);
  expect(east.kept.running.startup).toContain('hostname "west"');
  expect(east.kept.running.isSaved).toBe(true);
});

test("with manual commit nothing is saved until somebody says so", () => {
  const east = configured(router(), "service manual-commit", "hostname west");
  east.kept.advance(60_000);
  expect(east.kept.running.startup).toBeUndefined();
  expect(east.type("write memory")).toEqual([NOTE]);
  expect(east.kept.running.startup).toContain("service manual-commit");
  configured(east, "hostname north");
  expect(east.type("copy running-configuration startup-configuration")).toEqual([NOTE]);
  expect(east.kept.running.startup).toContain('hostname "north"');
});

test("a saved configuration is the same configuration, its keys masked", () => {
  const east = router("virtual-router west\nipsec key manual pre-share 1.2.3.4\n key open-sesame\n");
  east.type("copy running-configuration kept.cnf");
  const text = east.kept.files.read("flash", "kept.cnf") ?? "";
  expect(text).not.toContain("open-sesame");
  expect(text.trimEnd().split("\n").at(-1)).toBe("! End of generated configuration script.");
  expect(storesEqual(readConfiguration(dialects.junose, text, new Date(0)).store, east.store)).toBe(true);
});

test("files are copied, listed, shown, renamed and deleted", () => {
  const east = router();
  expect(east.type("copy running-configuration a.cnf")).toEqual([]);
  expect(east.type("copy a.cnf b.scr")).toEqual([]);
  expect(east.type("copy a.cnf b.scr", "x")).toEqual(["Overwrite b.scr? [confirm]x"]);
  const size = east.kept.files.list("flash")[0]?.sizeBytes;
  expect(east.type("dir")).toEqual([
    expect.stringMatching(/^disk0: {2}67108864 {2}\d+ {2}\d+$/),
    "",
    "file                                  size  date (UTC)",
    "----                                  ----  ----------",
    `a.cnf                                  ${size}  2026-01-02 03:04:05`,
    `b.scr                                  ${size}  2026-01-02 03:04:05`,
  ]);
  expect(east.type("rename b.scr c.scr")).toEqual([]);
  expect(east.type("more c.scr")).toContain('hostname "east"');
  expect(east.type("delete c.scr", "")).toEqual(["Delete c.scr? [confirm]"]);
  expect(east.type("delete c.scr force")).toEqual(["% File c.scr does not exist"]);
  expect(east.type("more c.scr")).toEqual(["% File c.scr does not exist"]);
  expect(east.type("copy c.scr startup-configuration")).toEqual(["% File c.scr does not exist"]);
});

test("a script is typed into the configuration; what it cannot say is told", () => {
  const east = router();
  east.kept.files.write("flash", "site1.scr", "l2tp destruct-timeout 700\nshow version\nnonsense\n");
  expect(east.type("configure file site1.scr")).toEqual([
    "% 2 lines were refused:",
    "  line 2: show version",
    expect.any(String),
    "  line 3: nonsense",
    expect.any(String),
  ]);
  expect(east.printed).toContain("l2tp destruct-timeout 700");
  expect(east.type("configure file none.scr")).toEqual(["% File none.scr does not exist"]);
});

test("`configure` alone asks where from", () => {
  const asks = "Configuring from terminal or file [terminal]? ";
  const east = router();
  east.kept.files.write("flash", "site1.scr", "l2tp destruct-timeout 700\n");
  expect(east.type("configure", "banana")).toEqual([`${asks}banana`, "% Please answer 'terminal' or 'file'."]);
  expect(east.type("configure", "file", "site1.scr")).toEqual([`${asks}file`, "File name? site1.scr"]);
  expect(east.printed).toContain("l2tp destruct-timeout 700");
  expect(east.type("configure", "file", "")).toContain("% A script is a file of this router whose name ends in .scr");
  expect(east.shell.configuring).toBe(false);
  expect(east.type("configure", "")).toContain("Enter configuration commands, one per line.  End with ^Z.");
  expect(east.shell.configuring).toBe(true);
});

test("the device starts from the file that boot config names, always or once", () => {
  const east = configured(router(), "boot config site1.cnf");
  east.kept.files.write("flash", "site1.cnf", "hostname site1\n");
  east.type("write memory");
  expect(east.kept.running.start).toEqual({ name: "site1.cnf", text: "hostname site1\n\nboot config site1.cnf" });
  configured(east, "boot config site1.cnf once");
  east.type("write memory");
  expect(east.kept.running.start?.text).toBe("hostname site1\n\n");
  configured(east, "boot config gone.cnf");
  east.type("write memory");
  expect(east.kept.running.start?.name).toBe("startup-config");
});

test("reload asks, and saves what waits to be saved", () => {
  const east = configured(router(), "service manual-commit");
  expect(east.type("reload", "no", "x")).toEqual([
    "The configuration was modified and not saved. Save? [yes/no]: no",
    "Proceed with reload? [confirm]x",
  ]);
  expect(east.kept.restarts).toEqual([]);
  expect(east.type("reload", "yes", "")).toContain(NOTE);
  expect(east.kept.restarts).toHaveLength(1);
  expect(east.type("reload", "")).toEqual(["Proceed with reload? [confirm]"]);
});

test("show configuration by category, virtual router, interface, and with defaults", () => {
  const east = router(
    "hostname east\nl2tp destruct-timeout 700\nvirtual-router west\ninterface loopback 0\n ip address 1.1.1.1 255.255.255.255\nvirtual-router default\ninterface loopback 1\n shutdown",
  );
  const body = (line: string) => east.type(line).filter((each) => !each.startsWith("!"));
  expect(body("show configuration category l2tp")).toEqual(["l2tp destruct-timeout 700"]);
  expect(body("show configuration exclude-category interfaces")).toEqual([
    'hostname "east"',
    "l2tp destruct-timeout 700",
  ]);
  expect(body("show configuration interface loopback 0")).toEqual([
    "virtual-router west",
    "interface loopback 0",
    " ip address 1.1.1.1 255.255.255.255",
  ]);
  expect(body("show configuration type loopback").filter((line) => !line.startsWith(" "))).toEqual([
    "virtual-router default",
    "interface loopback 1",
    "virtual-router west",
    "interface loopback 0",
  ]);
  expect(body("show configuration type null")).toEqual([]);
  expect(body("show configuration virtual-router default")).toEqual([
    "virtual-router default",
    "interface loopback 1",
    " shutdown",
  ]);
  expect(body("show configuration include-defaults")).toEqual(
    expect.arrayContaining(["l2tp destruct-timeout 700", "l2tp tunnel idle-timeout 60"]),
  );
});

test("a reload is planned for later, told of, dropped, and done when its time has come", () => {
  const east = router();
  expect(east.type("reload in 1:30 new release", "")).toEqual([
    "Reload is planned for FRI JAN 02 2026 04:34:05 UTC",
    "Proceed with reload? [confirm]",
  ]);
  expect(east.type("show reload")).toEqual([
    "Reload is planned for FRI JAN 02 2026 04:34:05 UTC, by console: new release",
  ]);
  expect(east.type("reload cancel")).toEqual([]);
  expect(east.type("reload cancel")).toEqual(["% No reload is planned"]);
  expect(east.type("reload at 04:00 feb 30")).toEqual(["% There is no such day"]);
  expect(east.type("reload at 3:05", "")).toContain("Reload is planned for FRI JAN 02 2026 03:05:00 UTC");
  east.kept.advance(60_000);
  expect(east.kept.restarts).toHaveLength(1);
  expect(east.type("show reload")).toEqual(["No reload is planned"]);
  expect(east.type("reload force")).toEqual([]);
  expect(east.kept.restarts).toHaveLength(2);
});

test("files are listed by how their names begin", () => {
  const east = router();
  for (const name of ["site1.cnf", "other.cnf"]) east.type(`copy running-configuration ${name}`);
  const names = (line: string) => east.type(line).flatMap((row) => /^(\S+\.cnf)/.exec(row)?.[1] ?? []);
  expect(names("dir")).toEqual(expect.arrayContaining(["site1.cnf", "other.cnf"]));
  expect(names("dir site")).toEqual(["site1.cnf"]);
});

test("defaults are told where no line says otherwise, and change nothing when they are pasted back", () => {
  const east = router(
    "l2tp retransmission 7 established\naaa domain-map isp.example default\n tunnel 1\naaa dns primary 10.1.1.1\n",
  );
  const lines = east.type("show configuration include-defaults");
  expect(lines).toEqual(
    expect.arrayContaining([
      "l2tp retransmission 7 established",
      "l2tp retransmission 5",
      "l2tp destruct-timeout 600",
      "  preference 1000",
      "  max-sessions 1000",
      "aaa parse-direction domainName right-to-left",
    ]),
  );
  const pasted = router(lines.join("\n"));
  const system = (box: Dialogue) => dialects.junose.compile(box.store).spec.l2tp;
  expect(system(pasted)).toEqual(system(east));
  expect(pasted.type("show configuration include-defaults").slice(2)).toEqual(lines.slice(2));
});

test.each([
  "configure file host1:/a.scr",
  "copy tftp://192.0.2.1/a.cnf a.cnf",
  "copy running-configuration host1:a.cnf",
])("what would be fetched or sent over the network is refused with that reason: %s", (line) => {
  const east = router();
  expect(east.type(line).join("\n")).toContain("nothing is fetched or sent over the network");
  expect(east.kept.files.list("flash")).toEqual([]);
});
