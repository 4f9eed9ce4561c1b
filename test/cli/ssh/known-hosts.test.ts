import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { acquaintance, knownHosts } from "../../../src/cli/ssh/known-hosts.ts";
import { knownName, sshTarget } from "../../../src/cli/ssh/ssh-target.ts";

const blob = Buffer.from("a key");
const other = Buffer.from("another key");
const key = blob.toString("base64");
const says = (text: string, name: string, shown = blob) => acquaintance(knownHosts(text, name), shown);

test("names, lists, patterns and negations are those of OpenSSH", () => {
  const text = `\n# lns ssh-rsa ${key}\nlns,*.example.net,!bad.example.net,[lab?]:2222 ssh-rsa ${key} comment\n`;
  for (const name of ["lns", "LNS", "a.example.net", "[lab1]:2222"]) expect(says(text, name), name).toBe("known");
  for (const name of ["lnsx", "bad.example.net", "[lab12]:2222", "lab1", "#"]) {
    expect(says(text, name), name).toBe("stranger");
  }
});

test("a hashed name is found, a revoked key is refused before all, an authority vouches for nobody", () => {
  const salt = Buffer.from("a salt of 20 octets!");
  const hash = createHmac("sha1", salt).update("lns").digest("base64");
  expect(says(`|1|${salt.toString("base64")}|${hash} ssh-rsa ${key}`, "lns")).toBe("known");
  expect(says(`|1|${salt.toString("base64")}|${hash} ssh-rsa ${key}`, "lns2")).toBe("stranger");
  expect(says(`lns ssh-rsa ${key}\n@revoked * ssh-rsa ${key}`, "lns")).toBe("revoked");
  expect(says(`lns ssh-rsa ${key}`, "lns", other)).toBe("changed");
  expect(says(`@revoked * ssh-rsa ${key}`, "lns", other)).toBe("stranger");
  expect(says(`@cert-authority * ssh-rsa ${key}`, "lns")).toBe("stranger");
});

test.each([
  ["lns", { user: undefined, host: "lns", port: 22 }, "lns"],
  ["ssh://admin@lns", { user: "admin", host: "lns", port: 22 }, "lns"],
  ["admin@lns.example:2222", { user: "admin", host: "lns.example", port: 2222 }, "[lns.example]:2222"],
  ["ssh://a@[2001:db8::1]:2022/", { user: "a", host: "2001:db8::1", port: 2022 }, "[2001:db8::1]:2022"],
  ["[::1]", { user: undefined, host: "::1", port: 22 }, "::1"],
])("%s names its host, user and port", (text, expected, name) => {
  expect(sshTarget(text)).toEqual(expected);
  expect(knownName(expected)).toBe(name);
});

test.each(["", "ssh://", "admin:secret@lns", "lns:0", "lns:65536", "lns:x", "a b", "http://lns", "::1", "lns/path"])(
  "%j is no target",
  (text) => expect(sshTarget(text)).toBeUndefined(),
);
