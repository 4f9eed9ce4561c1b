import { expect, test } from "vitest";
import { ios } from "../../../../src/modes/ios/dialect.ts";
import { TestShell } from "../../../support/shell.ts";

/** The profile of a template with these lines, and what was said to them. */
function template(...lines: readonly string[]) {
  const router = new TestShell(ios);
  router.shell.enterConfiguration();
  const said = ["interface Virtual-Template1", ...lines].flatMap((line) => router.shell.execute(line).lines);
  const [profile] = ios.compile(router.store).spec.pppProfiles;
  return { profile, said, printed: router.printed };
}

test("the limits of negotiation reach the profile, and the box's own where none are typed", () => {
  expect(template().profile?.negotiation).toEqual({
    retrySeconds: 2,
    authenticationSeconds: 10,
    maxConfigure: 10,
    maxTerminate: 2,
    maxFailure: 5,
  });
  const lines = [
    "ppp timeout retry 4",
    "ppp timeout authentication 20",
    "ppp timeout ncp 60 termination 5",
    "ppp max-configure 20",
    "ppp max-failure 3",
    "ppp max-terminate 7",
  ];
  expect(template(...lines).profile?.negotiation).toEqual({
    retrySeconds: 4,
    authenticationSeconds: 20,
    networkSeconds: 60,
    networkAgainSeconds: 5,
    maxConfigure: 20,
    maxTerminate: 7,
    maxFailure: 3,
  });
  expect(template("ppp timeout authentication 0").profile?.negotiation).not.toHaveProperty("authenticationSeconds");
});

test("conditions of authentication may stand on either side of its list", () => {
  const { printed, profile } = template("ppp authentication chap pap VPN callin optional");
  expect(printed).toContain(" ppp authentication chap pap callin optional VPN\n");
  expect(profile).toMatchObject({ authentication: ["chap", "pap"], authenticationOptional: true });
});

test("authentication of outgoing calls alone asks nobody who calls in, and says so", () => {
  const { profile, said } = template("ppp authentication chap callout");
  expect(profile?.authentication).toEqual([]);
  expect(said.join()).toContain("need not authenticate");
  expect(template("ppp authentication chap callin callout").profile?.authentication).toEqual(["chap"]);
});
