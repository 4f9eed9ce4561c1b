import { expect, test } from "vitest";
import { type Login, Vty } from "../../src/cli/vty.ts";

class FakeLogin implements Login {
  readonly ran: string[] = [];
  ended = false;
  configuring = false;

  prompt(): string {
    return this.configuring ? "r(config)#" : "r#";
  }

  run(line: string): readonly string[] {
    this.ran.push(line);
    if (line === "conf t") this.configuring = true;
    if (line === "exit") this.ended = true;
    return line === "" ? [] : [`did ${line}`];
  }

  help(before: string): readonly string[] {
    return [`help for ${before}`];
  }

  complete(before: string): string | undefined {
    return before === "sh" ? "show " : undefined;
  }

  end(): readonly string[] {
    this.configuring = false;
    return [];
  }
}

function play(...keys: readonly string[]): { readonly screen: string; readonly login: FakeLogin } {
  const login = new FakeLogin();
  let screen = "";
  const vty = new Vty(login, (text) => {
    screen += text;
  });
  vty.start();
  for (const each of keys) vty.feed(each);
  return { screen, login };
}

test("what is typed stands behind the prompt, and the answer and the next prompt follow", () => {
  expect(play("show version\r").screen).toBe("r#show version\r\ndid show version\r\nr#");
});

test("several lines in one burst are answered one after the other, each with its prompt", () => {
  expect(play("a\rb\n").screen).toBe("r#a\r\ndid a\r\nr#b\r\ndid b\r\nr#");
});

test("? prints help and gives the line back", () => {
  expect(play("show ?").screen).toBe("r#show \r\nhelp for show \r\nr#show ");
});

test("Tab completes or rings", () => {
  expect(play("sh\t").screen).toBe("r#sh\r\nr#show ");
  expect(play("xx\t").screen).toBe("r#xx\x07");
});

test("Ctrl-Z runs what was typed and leaves configuration; Ctrl-C drops the line", () => {
  const { screen, login } = play("conf t\r", "lifetime 60\x1a", "never\x03");
  expect(login.ran).toEqual(["conf t", "lifetime 60"]);
  expect(screen.endsWith("r(config)#lifetime 60^Z\r\ndid lifetime 60\r\nr#never^C\r\nr#")).toBe(true);
});

test("a log line does not spoil what is being typed", () => {
  const login = new FakeLogin();
  let screen = "";
  const vty = new Vty(login, (text) => {
    screen += text;
  });
  vty.start();
  vty.feed("show ver");
  vty.interject(["*: %SYS-5-NEWS: something happened"]);
  expect(screen).toBe("r#show ver\r\n*: %SYS-5-NEWS: something happened\r\nr#show ver");
});

test("after the user has logged out nothing more is run or printed", () => {
  const { screen, login } = play("exit\rmore\r");
  expect(login.ran).toEqual(["exit"]);
  expect(screen).toBe("r#exit\r\ndid exit\r\n");
});
