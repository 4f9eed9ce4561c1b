import { expect, test } from "vitest";
import { firstNotOurs } from "../../../src/cli/client/socket-pat.ts";
import { parseSourceRange, sourcesFor } from "../../../src/cli/client/source-range.ts";
import { lnsh } from "../../support/lnsh.ts";

function sourcesOf(text: string, clients: number): readonly string[] | undefined {
  const range = parseSourceRange(text);
  return range === undefined ? undefined : sourcesFor(range, clients);
}

test("a range runs over octets, and gives no more addresses than there are clients", () => {
  expect(sourcesOf("192.0.2.254-192.0.3.1", 9)).toEqual(["192.0.2.254", "192.0.2.255", "192.0.3.0", "192.0.3.1"]);
  expect(sourcesOf("10.0.0.0-10.255.255.255", 2)).toEqual(["10.0.0.0", "10.0.0.1"]);
  expect(sourcesOf("192.0.2.7", 3)).toEqual(["192.0.2.7"]);
  expect(sourcesOf("2001:db8::ffff-2001:db8::1:1", 9)).toEqual(["2001:db8::ffff", "2001:db8::1:0", "2001:db8::1:1"]);
  expect(sourcesOf("::1", 3)).toEqual(["::1"]);
});

test.each([
  "",
  "192.0.2",
  "192.0.2.9-192.0.2.8",
  "192.0.2.1-",
  "192.0.2.1-192.0.2.2-192.0.2.3",
  "::1-192.0.2.1",
  "::1-::1:0:0",
  "host",
])("%j is no range of addresses", (text) => expect(sourcesOf(text, 1)).toBeUndefined());

test("an address that is not this host's is found before anything is sent", async () => {
  expect(await firstNotOurs(["127.0.0.1", "127.3.2.1"])).toBeUndefined();
  expect(await firstNotOurs(["127.0.0.1", "192.0.2.9", "192.0.2.10"])).toBe("192.0.2.9");
});

test("lnsh client refuses a source that it cannot have, and what is no source", () => {
  const asked = [
    "client",
    "--connect",
    "127.0.0.1",
    "--user",
    "u",
    "--psk-file",
    "/dev/null",
    "--password-file",
    "/dev/null",
  ];
  expect(lnsh([...asked, "--source", "192.0.2.9"])).toMatchObject({
    status: 5,
    stderr: "lnsh: --source 192.0.2.9: not an address of this host.\n",
  });
  expect(lnsh([...asked, "--source", "192.0.2.9-1"]).status).toBe(2);
});
