import { expect, test } from "vitest";
import { dialects } from "../../../../src/modes/dialects.ts";
import { Dialogue } from "../../../support/dialogue.ts";

const NOTE = "Note: nvram: is in memory and ends with this process; run lnsh with --state to keep it";
const DIFFERENT = "hostname other\n!\ninterface Loopback0\n ip address 9.9.9.9 255.255.255.255\n!\nend\n";

function router(configuration = "hostname R1"): Dialogue {
  return new Dialogue(dialects.ios, configuration);
}

function configured(line: Dialogue, ...lines: readonly string[]): Dialogue {
  line.type("configure terminal");
  for (const each of lines) line.type(each);
  line.type("end");
  return line;
}

test("show running-config counts its bytes as the box does", () => {
  expect(router().type("show running-config")).toEqual([
    "Building configuration...",
    "",
    "Current configuration : 21 bytes",
    "!",
    "hostname R1",
    "!",
    "end",
    "",
  ]);
});

test("show running-config tells who changed it last, and when it was saved", () => {
  const r1 = configured(router(), "hostname R2");
  r1.type("write memory");
  expect(r1.type("show running-config").slice(3, 7)).toEqual([
    "!",
    "! Last configuration change at 03:04:05 UTC Fri Jan 2 2026 by console",
    "! NVRAM config last updated at 03:04:05 UTC Fri Jan 2 2026",
    "!",
  ]);
  expect(r1.type("show startup-config").at(0)).toBe("Using 151 out of 8388608 bytes");
});

test("parts of the running configuration", () => {
  const r1 = router(
    "hostname R1\nip vrf red\n rd 1:1\ninterface Loopback0\n ip vrf forwarding red\ninterface Loopback1\n shutdown\nline vty 0 4",
  );
  const body = (line: string) => r1.type(line).slice(4, -2);
  expect(body("show running-config interface Loopback1")).toEqual(["interface Loopback1", " shutdown"]);
  expect(body("show running-config vrf red")).toEqual([
    "ip vrf red",
    " rd 1:1",
    "interface Loopback0",
    " ip vrf forwarding red",
  ]);
  expect(body("show running-config vrf re")).toEqual([]);
  expect(body("show running-config partition line")).toEqual(["line vty 0 4"]);
  expect(body("show running-config policy-map")).toEqual([]);
  expect(r1.type("show running-config linenum").slice(2, 6)).toEqual([
    expect.stringMatching(/^Current configuration : \d+ bytes$/),
    "     1 : !",
    "     2 : hostname R1",
    "     3 : !",
  ]);
  expect(r1.type("show running-config all")).toContain("crypto ipsec security-association lifetime seconds 3600");
  expect(r1.type("show running-config view full")).toEqual(r1.type("show running-config full"));
});

test("write memory, write terminal and write erase", () => {
  const r1 = router();
  expect(r1.type("show startup-config")).toEqual(["startup-config is not present"]);
  for (const line of ["write", "write memory", "wr"]) {
    expect(r1.type(line)).toEqual(["Building configuration...", NOTE, "[OK]"]);
  }
  expect(r1.type("write terminal")).toEqual(r1.type("show running-config"));
  const question = "Erasing the nvram filesystem will remove all configuration files! Continue? [confirm]";
  expect(r1.type("write erase", "x")).toEqual([`${question}x`]);
  expect(r1.kept.running.startup).toBeDefined();
  expect(r1.type("erase startup-config", "")).toEqual([question, "[OK]", "Erase of nvram: complete"]);
  expect(r1.kept.running.startup).toBeUndefined();
});

test("copy asks for the name, and before it destroys a file", () => {
  const r1 = router();
  expect(r1.type("copy running-config startup-config", "")).toEqual([
    "Destination filename [startup-config]? ",
    "Building configuration...",
    NOTE,
    "[OK]",
  ]);
  expect(r1.type("copy run flash:", "backup.cfg")).toEqual([
    "Destination filename [running-config]? backup.cfg",
    expect.stringMatching(/^\d+ bytes copied in \d\.\d{3} secs \(\d+ bytes\/sec\)$/),
  ]);
  expect(r1.kept.files.read("flash", "backup.cfg")).toBe(r1.kept.running.startup);
  const again = ["%Warning:There is a file already existing with this name", "Do you want to over write? [confirm]n"];
  expect(r1.type("copy start flash:backup.cfg", "", "n").slice(1)).toEqual(again);
  configured(r1, "file prompt quiet", "hostname R3");
  expect(r1.type("copy running-config flash:backup.cfg")).toEqual([expect.stringContaining("bytes copied")]);
  expect(r1.kept.files.read("flash", "backup.cfg")).toContain("hostname R3");
  expect(r1.type("copy running-config null:")).toEqual([expect.stringContaining("bytes copied")]);
});

test("what cannot be copied says why and changes nothing", () => {
  const r1 = router();
  const last = (line: string, ...answers: string[]) => r1.type(line, ...answers).at(-1);
  expect(last("copy flash:none running-config")).toBe("%Error opening flash:none (No such file or directory)");
  expect(last("copy tftp://1.1.1.1/x running-config")).toContain("tftp: is not supported");
  expect(last("copy running-config scp:")).toContain("scp: is not supported");
  expect(last("copy running-config flash:../x")).toContain("%Error");
  expect(last("copy running-config flash:", "a b")).toBe("%Error: flash:a b: not a file name");
  expect(last("copy running-config running-config", "")).toBe("%Error copying a file onto itself");
  r1.kept.files.write("flash", "huge", "x".repeat(9_000_000));
  expect(last("copy flash:huge startup-config", "")).toBe("%Error: nvram:startup-config: no space left on device");
  expect(r1.kept.files.list("nvram")).toEqual([]);
});

test("copying onto the running configuration merges, and tells the lines it could not take", () => {
  const r1 = router("hostname R1\ninterface Loopback1\n shutdown");
  r1.kept.files.write("flash", "more.cfg", `nonsense here\nshow version\n${DIFFERENT}`);
  const printed = r1.type("copy flash:more.cfg running-config", "");
  expect(printed.slice(1, -1)).toEqual([
    "% 2 lines were refused:",
    "  line 1: nonsense here",
    "    % Invalid input detected at '^' marker.",
    "  line 2: show version",
    "    % Invalid input detected at '^' marker.",
  ]);
  expect(r1.printed).toContain("hostname other");
  expect(r1.printed).toContain("interface Loopback1");
  expect(r1.kept.running.isSaved).toBe(false);
});

test("files are listed, shown, renamed and deleted", () => {
  const r1 = router();
  r1.kept.files.write("flash", "a.cfg", DIFFERENT);
  expect(r1.type("dir")).toEqual([
    "Directory of flash:/",
    "",
    "    1  -rw-          79  Jan  2 2026 03:04:05 +00:00  a.cfg",
    "",
    "67108864 bytes total (67108785 bytes free)",
  ]);
  expect(r1.type("more flash:a.cfg")).toEqual(DIFFERENT.trimEnd().split("\n"));
  expect(r1.type("rename a.cfg flash:b.cfg", "")).toEqual(["Destination filename [b.cfg]? "]);
  expect(r1.type("dir all").filter((line) => line.includes("-rw-"))).toHaveLength(1);
  expect(r1.type("delete flash:b.cfg", "", "")).toEqual(["Delete filename [b.cfg]? ", "Delete flash:b.cfg? [confirm]"]);
  expect(r1.type("delete /force flash:b.cfg")).toEqual(["%Error opening flash:b.cfg (No such file or directory)"]);
  expect(r1.type("more tftp://1.1.1.1/a")).toEqual([expect.stringContaining("not supported")]);
  expect(r1.type("show file systems").slice(2)).toEqual([
    "       Size(b)       Free(b)      Type  Flags   Prefixes",
    "*     67108864      67108864      disk     rw   flash:",
    "       8388608       8388608     nvram     rw   nvram:",
    "             -             -    opaque     rw   null:",
    "             -             -    opaque     ro   system:",
  ]);
});

test("configure replace makes the configuration the file's, and a refused line leaves it as it was", () => {
  const r1 = router(
    "hostname R1\ninterface Loopback0\n ip address 1.1.1.1 255.255.255.255\ninterface Loopback1\n shutdown",
  );
  r1.kept.files.write("flash", "new.cfg", DIFFERENT);
  const asked = r1.type("configure replace flash:new.cfg", "n");
  expect(asked.at(3)).toBe("Enter Y if you are sure you want to proceed. ? [no]: n");
  expect(r1.printed).toContain("Loopback1");
  expect(r1.type("configure replace flash:new.cfg list force")).toEqual([
    "!Pass 1",
    "",
    "!List of Commands:",
    "no interface Loopback1",
    "hostname other",
    "interface Loopback0",
    " ip address 9.9.9.9 255.255.255.255",
    "end",
    "",
    "Total number of passes: 1",
    "Rollback Done",
    "",
  ]);
  expect(r1.printed.trimEnd()).toBe(`!\n${DIFFERENT.replace("end\n", "").trimEnd()}`);
  const before = r1.printed;
  r1.kept.files.write("flash", "bad.cfg", "hostname bad\nnonsense\nend\n");
  expect(r1.type("configure replace flash:bad.cfg force")).toEqual([
    "% 1 line was refused:",
    "  line 2: nonsense",
    "    % Invalid input detected at '^' marker.",
    "Rollback aborted: nothing was changed",
  ]);
  r1.kept.files.write("flash", "text", "Dear Sir,\nno configuration\n");
  expect(r1.type("configure replace flash:text force")).toEqual(["%The input file is not a valid config file."]);
  expect(r1.printed).toBe(before);
  expect(r1.type("configure replace flash:new.cfg force")[0]).toBe("Total number of passes: 0");
});

test("a change that nobody confirms goes back when its time is over", () => {
  const r1 = router();
  expect(r1.type("configure terminal revert timer 5").at(0)).toContain("Rollback Confirmed Change");
  r1.type("hostname R2");
  r1.type("end");
  expect(r1.type("show archive config rollback timer")).toEqual([
    "Goes back at: 03:09:05 UTC Fri Jan 2 2026",
    "Timer type: absolute timer",
    "Timer value: 5 min",
    "User: console",
  ]);
  r1.kept.advance(299_000);
  expect(r1.printed).toContain("hostname R2");
  expect(r1.kept.logged).toContain("the configuration goes back in one minute unless it is confirmed");
  r1.kept.advance(1000);
  expect(r1.printed).toContain("hostname R1");
  expect(r1.kept.running.rollback).toBeUndefined();
  expect(r1.type("configure confirm")).toEqual(["%No Rollback Confirmed Change pending"]);
});

test("a confirmed change stays; an idle timer counts from the last line typed; revert now goes back at once", () => {
  const r1 = router();
  configured(r1);
  r1.type("configure terminal revert idle 2");
  for (let minute = 0; minute < 5; minute += 1) {
    r1.kept.advance(60_000);
    r1.type(`hostname R${minute}`);
  }
  expect(r1.printed).toContain("hostname R4");
  r1.type("end");
  expect(r1.type("configure confirm")).toEqual([]);
  r1.kept.advance(600_000);
  expect(r1.printed).toContain("hostname R4");
  r1.type("configure terminal revert timer 10");
  r1.type("hostname gone");
  r1.type("end");
  expect(r1.type("configure revert now")).toEqual(["Total number of passes: 1", "Rollback Done", ""]);
  expect(r1.printed).toContain("hostname R4");
});

test("a locked configuration is nobody else's until the lock's owner leaves", () => {
  const r1 = router();
  const { running } = r1.kept;
  expect(r1.type("show configuration lock").at(-1)).toMatch(/^State +: FREE$/);
  r1.type("configure terminal lock");
  expect(running.configurators.admits("vty 1")).toBe(false);
  expect(r1.type("do show configuration lock").slice(2)).toEqual([
    "TTY                  : con 0",
    "Type                 : EXCLUSIVE",
    "State                : LOCKED",
  ]);
  r1.type("end");
  expect(running.configurators.admits("vty 1")).toBe(true);
  running.stands("vty 1", true, "eve");
  expect(r1.type("configure terminal lock")).toEqual(["% Somebody else is in configuration mode: it cannot be locked"]);
  expect(running.configurators.lock("vty 1")).toBe(true);
  for (const line of ["configure terminal", "configure memory", "configure replace startup-config force"]) {
    r1.kept.files.write("nvram", "startup-config", DIFFERENT);
    expect(r1.type(line), line).toEqual(["Configuration mode locked exclusively from 'vty 1'. Please try later."]);
  }
  expect(r1.shell.configuring).toBe(false);
  expect(r1.printed).toContain("hostname R1");
});

test("configure alone asks where from", () => {
  const r1 = router();
  r1.kept.files.write("nvram", "startup-config", DIFFERENT);
  const question = "Configuring from terminal, memory, or network [terminal]? ";
  expect(r1.type("configure", "m")).toEqual([`${question}m`]);
  expect(r1.printed).toContain("hostname other");
  expect(r1.type("configure", "")).toEqual([question, "Enter configuration commands, one per line.  End with CNTL/Z."]);
  expect(r1.shell.configuring).toBe(true);
});

test("the archive keeps numbered copies, no more than it should, also when saving and by time", () => {
  const r1 = router();
  expect(r1.type("show archive")).toEqual([" Archive feature not enabled"]);
  configured(r1, "archive", "path flash:copy", "maximum 3", "write-memory", "time-period 10");
  r1.type("archive config");
  r1.type("write memory");
  r1.kept.advance(20 * 60_000);
  expect(r1.type("show archive")).toEqual([
    "The maximum archive configurations allowed is 3.",
    "There are currently 3 archive configurations saved.",
    "The next archive file will be named flash:copy-5",
    " Archive #  Name",
    "   1        flash:copy-2",
    "   2        flash:copy-3",
    "   3        flash:copy-4 <- Most Recent",
  ]);
  configured(r1, "archive", "no time-period");
  r1.kept.advance(60 * 60_000);
  expect(r1.kept.running.archive.next).toBe(5);
});

test("show archive config differences and incremental-diffs", () => {
  const r1 = router("hostname R1\ninterface Loopback0\n ip address 1.1.1.1 255.255.255.255");
  r1.type("write memory");
  expect(r1.type("show archive config differences")).toEqual(["!No changes were found"]);
  r1.kept.files.write("flash", "new.cfg", DIFFERENT);
  expect(r1.type("show archive config differences running-config flash:new.cfg")).toEqual([
    "!Contextual Config Diffs:",
    "+hostname other",
    "-hostname R1",
    "interface Loopback0",
    " +ip address 9.9.9.9 255.255.255.255",
    " -ip address 1.1.1.1 255.255.255.255",
  ]);
  expect(r1.type("show archive config incremental-diffs flash:new.cfg")).toEqual([
    "!List of Commands:",
    "hostname other",
    "interface Loopback0",
    " ip address 9.9.9.9 255.255.255.255",
    "end",
  ]);
  expect(r1.printed).toContain("hostname R1");
});

test("reload asks whether to save and whether to go on; it can be planned and cancelled", () => {
  const r1 = configured(router(), "hostname R2");
  const save = "System configuration has been modified. Save? [yes/no]: ";
  expect(r1.type("reload", "maybe", "yes", "x")).toEqual([
    `${save}maybe`,
    "% Please answer 'yes' or 'no'.",
    `${save}yes`,
    "Building configuration...",
    NOTE,
    "[OK]",
    "Proceed with reload? [confirm]x",
  ]);
  expect(r1.kept.restarts).toEqual([]);
  expect(r1.type("reload in 1:30 new release", "")).toEqual([
    "Reload scheduled for 04:34:05 UTC Fri Jan 2 2026 (in 1 hour and 30 minutes) by console",
    "Reload reason: new release",
    "Proceed with reload? [confirm]",
  ]);
  r1.kept.advance(10_000);
  expect(r1.type("show reload")).toEqual([
    "Reload scheduled for 04:34:05 UTC Fri Jan 2 2026 (in 1 hour and 29 minutes) by console",
    "Reload reason: new release",
  ]);
  r1.type("reload cancel");
  r1.kept.advance(100 * 60_000);
  expect(r1.kept.restarts).toEqual([]);
  r1.type("reload in 2", "");
  r1.kept.advance(120_000);
  expect(r1.kept.restarts).toHaveLength(1);
  r1.type("reload", "");
  expect(r1.kept.restarts).toHaveLength(2);
  expect(r1.type("show reload")).toEqual(["No reload is scheduled."]);
});

test("a reload at a time of day goes by the configured time zone, and knows the days of a month", () => {
  const r1 = router("hostname R1\nclock timezone CET 1 0");
  const scheduled = (line: string, answer = "") => r1.type(line, answer)[0];
  expect(scheduled("reload at 4:05 night")).toBe(
    "Reload scheduled for 04:05:00 CET Fri Jan 2 2026 (in 54 seconds) by console",
  );
  expect(r1.type("show reload").at(1)).toBe("Reload reason: night");
  expect(scheduled("reload at 04:03")).toContain("04:03:00 CET Sat Jan 3 2026");
  expect(scheduled("reload at 04:05 3 january")).toBe(scheduled("reload at 4:05 jan 3"));
  expect(r1.type("reload at 04:05 feb 30")).toEqual(["%There is no such day."]);
  expect(r1.type("reload at 04:05 1 march")).toEqual(["%The date/time is too far in the future: 24 days at the most."]);
  scheduled("reload at 4:05");
  r1.kept.advance(54_321);
  expect(r1.kept.restarts).toEqual([]);
  r1.kept.advance(1);
  expect(r1.kept.restarts).toHaveLength(1);
});

test("a name without a file system is one of that where `cd` went", () => {
  const r1 = router();
  r1.kept.files.write("flash", "a.cfg", "hostname A\n");
  expect(r1.type("pwd")).toEqual(["flash:"]);
  expect(r1.type("cd flash:a.cfg")).toEqual(["%Error changing directory to flash:a.cfg (No such directory)"]);
  expect(r1.type("cd nvram:")).toEqual([]);
  expect(r1.type("pwd")).toEqual(["nvram:"]);
  expect(r1.type("dir").at(0)).toBe("Directory of nvram:/");
  expect(r1.type("more a.cfg")).toEqual(["%Error opening a.cfg (No such file or directory)"]);
  expect(r1.type("more flash:a.cfg")).toEqual(["hostname A"]);
  expect(r1.type("cd")).toEqual([]);
  expect(r1.type("more a.cfg")).toEqual(["hostname A"]);
  expect(r1.type("mkdir old")).toEqual(["% flash: and nvram: are flat here: they hold files and no directories"]);
});

test("verify /md5 tells the digest of a file, and whether it is the one that was expected", () => {
  const r1 = router();
  r1.kept.files.write("flash", "abc", "abc");
  const digest = "900150983cd24fb0d6963f7d28e17f72";
  expect(r1.type("verify /md5 abc")).toEqual([".Done!", `verify /md5 (abc) = ${digest}`]);
  expect(r1.type(`verify /md5 flash:abc ${digest}`)).toEqual([".Done!", `Verified (flash:abc) = ${digest}`]);
  expect(r1.type(`verify /md5 abc ${"0".repeat(32)}`).slice(1)).toEqual([
    "%Error verifying abc",
    `Computed signature  = ${digest}`,
    `Submitted signature = ${"0".repeat(32)}`,
  ]);
  expect(r1.type("verify /md5 missing")).toEqual(["%Error opening missing (No such file or directory)"]);
});

test("archive log config keeps what was typed, by whom, in full words, and without keys where it should", () => {
  const r1 = configured(router(), "archive", "log config", "logging enable", "logging size 5", "hidekeys");
  configured(r1, "int lo0", "desc to the moon", "do show clock", "bogus", "no desc", "username a password 0 s3cret");
  expect(r1.type("show archive log config all")).toEqual([
    " idx   sess           user@line      Logged command",
    "    3     1        console@console  |  hidekeys",
    "    4     2        console@console  |  interface Loopback0",
    "    5     2        console@console  |  description to the moon",
    "    6     2        console@console  |  no desc",
    "    7     2        console@console  |  username a password 0 ******",
  ]);
  expect(r1.type("show archive log config 4 5 provisioning")).toEqual([
    "interface Loopback0",
    "description to the moon",
  ]);
  expect(r1.type("show archive log config user console session 1").slice(1)).toHaveLength(1);
  expect(r1.type("show archive log config statistics")).toContain(
    "        Maximum number of entries in the log-queue: 5",
  );
  r1.type("clear archive log config", "y");
  expect(r1.type("show archive log config all")).toHaveLength(1);
  configured(r1, "archive", "log config", "notify syslog", "no hidekeys", "username a password 0 s3cret");
  expect(r1.type("show archive log config all").at(-1)).toContain("username a password 0 s3cret");
  expect(r1.kept.logged.at(-2)).toBe("command was logged user console command username a password 0 ******");
  configured(r1, "archive", "no log config");
  expect(r1.type("show archive log config all")).toEqual(["Config Log: the configuration logger is not enabled"]);
});

test("show flash: is a table of the same files", () => {
  const r1 = router();
  r1.kept.files.write("flash", "abc.cfg", "hostname A\n");
  expect(r1.type("show flash:")).toEqual([
    "-#- --length-- -----date/time------ path",
    "1           11 Jan  2 2026 03:04:05 +00:00 abc.cfg",
    "",
    "67108853 bytes available (11 bytes used)",
  ]);
  expect(r1.type("show flash")).toEqual(r1.type("show flash:"));
  expect(r1.type("show nvram:")).toHaveLength(3);
});
