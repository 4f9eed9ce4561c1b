/** `macro`: the commands of a macro run where the session stands, up to the first that fails. */

import { expect, test } from "vitest";
import { TestRouter } from "../router.ts";

function routerWith(text: string): TestRouter {
  const router = new TestRouter();
  router.files.write("flash", "site.mac", text);
  return router;
}

const SITE = `<# start #>
configure terminal
profile <# param[1] #>
ip unnumbered loopback <# param[2] #>
end
show virtual-router
<# endtmpl #>
<# broken #>
configure terminal
l2tp destruct-timeout 5
l2tp destruct-timeout 700
<# endtmpl #>
<# waits #>
reload
<# endtmpl #>
<# again #>
macro site.mac again
<# endtmpl #>`;

test("its commands act, and only what they print is printed", () => {
  const router = routerWith(SITE);
  expect(router.session("macro site.mac start users 3", "macro test site.mac start users 3")).toBe(
    [
      "host1#macro site.mac start users 3",
      "Enter configuration commands, one per line.  End with ^Z.",
      "Virtual Router : default",
      "host1#macro test site.mac start users 3",
      "configure terminal",
      "profile users",
      "ip unnumbered loopback 3",
      "end",
      "show virtual-router",
    ].join("\n"),
  );
  expect(router.printed()).toContain("profile users");
});

test("`verbose` shows each command behind its prompt", () => {
  expect(routerWith(SITE).session("macro verbose site.mac start users 3")).toContain(
    "host1(config)#profile users\nhost1(config-profile)#ip unnumbered loopback 3",
  );
});

test("it ends at the first command that is refused, and the session stands there", () => {
  const router = routerWith(SITE);
  expect(router.session("macro site.mac broken", "exit")).toBe(
    [
      "host1#macro site.mac broken",
      "Enter configuration commands, one per line.  End with ^Z.",
      "host1(config)#l2tp destruct-timeout 5",
      "                                    ^",
      "% Invalid input detected at '^' marker.",
      "",
      "host1(config)#exit",
    ].join("\n"),
  );
  expect(router.printed()).toEqual([]);
});

test.each([
  ["macro site.mac waits", "% Nobody waits for an answer here: reload"],
  ["macro site.mac again", "% Lines that are typed for the user type no others"],
  ["macro site.mac start", "% Macro site.mac: there is no param[1]"],
  ["macro site.mac nobody", "% Macro site.mac: there is no macro nobody in the file"],
  ["macro other.mac", "% File other.mac does not exist"],
])("`%s` is refused with a reason", (line, reason) => {
  const router = routerWith(SITE);
  const { ok, lines, question } = router.shell.execute(line);
  expect({ ok, last: lines.at(-1), question }).toEqual({ ok: false, last: reason, question: undefined });
  expect(router.shell.execute("show virtual-router").ok).toBe(true);
});
