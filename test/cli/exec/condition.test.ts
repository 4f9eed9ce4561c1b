import fc from "fast-check";
import { expect, test } from "vitest";
import {
  type Condition,
  ConditionError,
  conditionText,
  type Fact,
  holds,
  parseCondition,
} from "../../../src/cli/exec/condition.ts";
import type { GatewayState } from "../../../src/cli/gateway-state.ts";

const name = fc.oneof(
  fc.constantFrom("up", "down", "and", "show", "bob", "CORP\\bob", "10.0.0.2", ">=", "a b"),
  fc.string({ minLength: 1 }).filter((text) => !text.includes('"')),
);
const what = fc.constantFrom("tunnel" as const, "session" as const);
const stateFact = fc.record({
  kind: fc.constant("state" as const),
  what,
  name: fc.option(name, { nil: undefined }),
  isUp: fc.boolean(),
});
const countFact = fc.record({
  kind: fc.constant("count" as const),
  what,
  operator: fc.constantFrom("=", "!=", "<", "<=", ">", ">=" as const),
  number: fc.nat(999_999_999),
});
const showFact = fc
  .constantFrom("show vpdn | include a and b", 'show clock | include "up"')
  .map((command): Fact => ({ kind: "show", command }));
const condition: fc.Arbitrary<Condition> = fc
  .tuple(fc.array(fc.oneof(stateFact, countFact), { maxLength: 4 }), fc.option(showFact, { nil: undefined }))
  .map(([facts, show]) => (show === undefined ? facts : [...facts, show]))
  .filter((facts) => facts.length > 0);

test("every condition can be written, and read again it is the same", () => {
  fc.assert(
    fc.property(condition, (facts) => {
      expect(parseCondition(conditionText(facts))).toEqual(facts);
    }),
    { seed: 1 },
  );
});

test("any text is a condition or is told why not", () => {
  const word = fc.constantFrom("tunnel", "sessions", "up", "down", "and", ">=", "2", "bob", '"', "show", " ");
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(word).map((words) => words.join(" ")),
      ),
      (text) => {
        try {
          expect(parseCondition(text).length).toBeGreaterThan(0);
        } catch (error) {
          expect(error).toBeInstanceOf(ConditionError);
        }
      },
    ),
    { seed: 2 },
  );
});

test.each([
  ["", 'expected "tunnel", "session", "tunnels", "sessions" or "show"'],
  ["tunnel", 'expected "up" or "down" behind "tunnel"'],
  ["session bob", 'expected "up" or "down" behind "session"'],
  ["sessions >= many", 'a number, such as "sessions >= 2"'],
  ["tunnel up or session up", 'expected "and" before "or"'],
  ["ping 10.0.0.1", 'not "ping"'],
])("%j is no condition: %s", (text, reason) => expect(() => parseCondition(text)).toThrow(reason));

const party = fc.record({
  name: fc.constantFrom("bob", "alice", ""),
  address: fc.constantFrom("10.0.0.2", "10.0.0.3", ""),
  isUp: fc.boolean(),
});
const state: fc.Arbitrary<GatewayState> = fc.record({ tunnels: fc.array(party), sessions: fc.array(party) });

test("down is the opposite of up, up is a count of at least one, and a name narrows it", () => {
  fc.assert(
    fc.property(state, what, (now, which) => {
      const says = (text: string): boolean => {
        const [fact] = parseCondition(text);
        if (fact === undefined || fact.kind === "show") throw new Error(text);
        return holds(fact, now);
      };
      expect(says(`${which} up`)).toBe(says(`${which}s >= 1`));
      expect(says(`${which} up`)).toBe(!says(`${which} down`));
      expect(says(`${which} bob up`)).toBe(!says(`${which} bob down`));
      if (says(`${which} 10.0.0.2 up`)) expect(says(`${which} up`)).toBe(true);
      const up = (which === "tunnel" ? now.tunnels : now.sessions).filter(({ isUp }) => isUp);
      expect(says(`${which} bob up`)).toBe(up.some((one) => one.name === "bob"));
      expect(says(`${which}s=${up.length}`)).toBe(true);
      expect(says(`${which}s != ${up.length}`)).toBe(false);
    }),
    { seed: 3 },
  );
});
