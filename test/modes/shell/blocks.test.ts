import { expect, test } from "vitest";
import { dialects } from "../../../src/modes/dialects.ts";
import { TestShell } from "../../support/shell.ts";

const { ios, junose } = dialects;

function configuring(dialect = ios): TestShell {
  const made = new TestShell(dialect);
  made.shell.execute("configure terminal");
  return made;
}

test("a banner goes on until its delimiter comes again, and its lines are no commands", () => {
  const made = configuring();
  expect(made.transcript("banner motd #", "", "! Welcome", "hostname nobody ", "bye# and more", "hostname R9")).toEqual(
    [
      "Router(config)#banner motd #",
      "Enter TEXT message.  End with the character '#'.",
      "",
      "! Welcome",
      "hostname nobody ",
      "bye# and more",
      "Router(config)#hostname R9",
    ],
  );
  expect(made.printed).toContain("banner motd ^C\n\n! Welcome\nhostname nobody \nbye^C\n");
  expect(ios.banners(made.store).motd).toEqual(["", "! Welcome", "hostname nobody ", "bye"]);
});

test.each([
  ["banner motd ^Chello^C", "banner motd ^Chello^C"],
  ["banner login \x03two\nlines\x03", "banner login ^Ctwo\nlines^C"],
  ["banner exec zone line onlyz", "banner exec ^Cone line only^C"],
  ["banner motd #with ^C in it#", "banner motd #with ^C in it#"],
  ["banner motd ^C\n  Keep    the   blanks \n^C", "banner motd ^C\n  Keep    the   blanks \n^C"],
])("%j prints as %j, which reads back to the same", (typed, printed) => {
  const made = new TestShell(ios);
  expect(made.load(`hostname R1\n${typed}\nend`).refused).toEqual([]);
  expect(made.printed).toContain(`${printed}\n`);
  const again = new TestShell(ios);
  again.load(made.printed);
  expect(again.printed).toBe(made.printed);
});

test("JunosE has banners too", () => {
  const made = new TestShell(junose);
  made.load("banner motd #Juniper\nNetworks#\nhostname west");
  expect(junose.banners(made.store)).toEqual({ motd: ["Juniper", "Networks"] });
  const again = new TestShell(junose);
  again.load(made.printed);
  expect(again.printed).toBe(made.printed);
});

test("Ctrl-C drops a text, or ends it where it is the delimiter", () => {
  const made = configuring();
  made.transcript("banner motd #", "half a");
  made.shell.interrupt("text");
  expect([made.shell.collecting, made.shell.prompt()]).toEqual([false, "Router(config)#"]);
  expect(made.printed).not.toContain("banner");
  made.transcript("banner motd ^C", "whole");
  expect(made.shell.interrupt("text").changed).toBe(true);
  expect(made.printed).toContain("banner motd ^C\nwhole\ntext^C");
});

test("a pasted text without an end is refused at the line that begins it, and the rest is read", () => {
  const made = new TestShell(ios);
  const report = made.load("hostname R1\nbanner motd #\nhostname R2\n");
  expect(report.refused.map(({ number, text }) => [number, text])).toEqual([[2, "banner motd #"]]);
  expect(made.printed).toContain("hostname R2");
  expect(made.shell.collecting).toBe(false);
});

test("no banner removes it", () => {
  const made = configuring();
  made.transcript("banner motd #hello#", "banner login #x#", "no banner motd");
  expect(made.printed).not.toContain("hello");
  expect(made.printed).toContain("banner login ^Cx^C");
});

test("? and Tab know the names that the configuration has", () => {
  const made = new TestShell(ios);
  made.load("ip local pool POOL-VPN 10.0.0.1 10.0.0.9\nip local pool PRINTERS 10.1.0.1\nvpdn-group L2TP\n");
  expect(made.shell.complete("show ip local pool PO")).toBe("show ip local pool POOL-VPN ");
  expect(made.shell.complete("show ip local pool P")).toBe(undefined);
  expect(made.shell.help("show ip local pool P")).toEqual(["POOL-VPN  PRINTERS", ""]);
  expect(made.shell.help("show ip local pool ").map((row) => row.trim().split(/\s+/)[0])).toEqual([
    "WORD",
    "POOL-VPN",
    "PRINTERS",
    "group",
    "|",
    "<cr>",
    "",
  ]);
});

test("JunosE's ? knows virtual routers and profiles", () => {
  const made = new TestShell(junose);
  made.load(
    "virtual-router boston\nvirtual-router default\nprofile georgia\nl2tp destination profile west ip address 1.2.3.4\n",
  );
  expect(made.shell.complete("virtual-router bo")).toBe("virtual-router boston ");
  expect(made.shell.complete("show l2tp destination profile w")).toBe("show l2tp destination profile west ");
});
