/** Logins as a configuration wants them, from the text of the configuration on. */

import ssh2, { type Client, type ClientChannel } from "ssh2";
import { expect, test } from "vitest";
import { Gateway } from "../../../src/cli/gateway.ts";
import { realHost } from "../../../src/cli/host.ts";
import { Session } from "../../../src/cli/session.ts";
import { HostKeys } from "../../../src/cli/ssh/host-keys.ts";
import { openSsh } from "../../../src/cli/ssh/open-ssh.ts";
import { dialects } from "../../../src/modes/dialects.ts";
import { HandClock } from "../../support/hand-clock.ts";
import { TerminalScreen } from "../../support/terminal-screen.ts";

const hostKeys = new HostKeys(undefined);

const IOS = `hostname lns
banner login ^C
Authorized users
only^C
banner motd ^Cmaintenance tonight^C
username admin privilege 15 secret pw
line vty 0 4
 login local
 transport input ssh
`;
const JUNOSE = `hostname erx
banner login #
Authorized users
only#
banner motd #maintenance tonight#
aaa local username admin database default
 password pw
exit
interface fastEthernet 0/0
 ip address 11.0.0.8 255.255.255.0
line vty 0 4
 login
`;

/** A gateway on sockets of the host, whose time passes when it is told to. */
class Box implements AsyncDisposable {
  readonly gateway: Gateway;
  readonly clock: HandClock;
  readonly #close: () => Promise<void>;
  readonly #port: number;

  private constructor(gateway: Gateway, clock: HandClock, port: number, close: () => Promise<void>) {
    this.gateway = gateway;
    this.clock = clock;
    this.#port = port;
    this.#close = close;
  }

  static async of(dialect: keyof typeof dialects, config: string): Promise<Box> {
    const clock = new HandClock();
    const gateway = new Gateway(dialects[dialect], undefined, {
      ...realHost(),
      now: () => clock.now(),
      after: (millis, work) => clock.after(millis, work),
      date: () => new Date(clock.now()),
    });
    expect(gateway.load(config).refused).toEqual([]);
    const { server } = await openSsh(gateway, { address: "127.0.0.1", port: 0, legacy: false, hostKeys });
    return new Box(gateway, clock, server.port, () => server.close());
  }

  /** Resolves when they are in; `waitMillis` is for how long their answer is held back. */
  async connect(
    username = "admin",
    password = "pw",
    waitMillis = 0,
  ): Promise<{ readonly client: Client; readonly banner: string }> {
    const client = new ssh2.Client();
    let banner = "";
    client.on("banner", (text) => {
      banner += text;
    });
    const ready = new Promise<void>((resolve, reject) => {
      client.on("ready", resolve).on("error", reject);
      client.connect({ host: "127.0.0.1", port: this.#port, username, password, readyTimeout: 0 });
    });
    await Promise.all([ready, waitMillis > 0 ? this.#letPass(waitMillis) : undefined]);
    return { client, banner };
  }

  async #letPass(waitMillis: number): Promise<void> {
    await expect.poll(() => this.clock.waits).toContain(waitMillis);
    this.clock.advance(waitMillis);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#close();
    this.gateway.abandon();
  }
}

/** A terminal at which each answer is typed when what stands before it has come. */
class Dialogue {
  text = "";
  readonly closed: Promise<number | undefined>;
  readonly #channel: ClientChannel;
  #seen = 0;

  private constructor(channel: ClientChannel) {
    this.#channel = channel;
    let status: number | undefined;
    this.closed = new Promise((resolve) => channel.on("close", () => resolve(status)));
    channel.on("exit", (code: number) => {
      status = code;
    });
    channel.on("data", (octets: Buffer) => {
      this.text += octets.toString();
    });
  }

  static open(client: Client): Promise<Dialogue> {
    return new Promise((resolve, reject) => {
      client.shell({ rows: 24, cols: 80 }, (error, channel) => {
        if (error === undefined) resolve(new Dialogue(channel));
        else reject(error);
      });
    });
  }

  async after(wanted: string, typed = ""): Promise<this> {
    await expect.poll(() => this.text.slice(this.#seen)).toContain(wanted);
    this.#seen = this.text.length;
    this.#channel.write(typed);
    return this;
  }
}

test.each([
  ["ios", IOS, "maintenance tonight\r\nlns#"],
  [
    "junose",
    JUNOSE,
    "Logged in on vty 0 via ssh.\r\nlnsh, in the words of a Juniper Networks E-series router\r\n\r\nmaintenance tonight\r\nerx>",
  ],
] as const)(
  "%s shows one banner before the password and the other before the prompt",
  async (dialect, config, shown) => {
    await using box = await Box.of(dialect, config);
    const { client, banner } = await box.connect();
    expect(banner).toBe("Authorized users\r\nonly\r\n");
    const dialogue = await Dialogue.open(client);
    await dialogue.after(shown, "exit\r");
    expect(await dialogue.closed).toBe(0);
    client.end();
  },
);

test.each([
  ["no ip ssh server", "no ip ssh server"],
  ["access-list office permit 192.0.2.0 0.0.0.255\nline vty 0 4\n access-class office in", "refused"],
])("junose lets nobody in from here with %j", async (line, reason) => {
  await using box = await Box.of("junose", `${JUNOSE}${line}\n`);
  await expect(box.connect()).rejects.toThrow();
  const { ssh } = dialects.junose.access(box.gateway.store);
  const told = ssh.enabled ? box.gateway.logs.events.map(({ event }) => JSON.stringify(event)).join("\n") : ssh.reason;
  expect(told).toContain(reason);
});

test("the lines of one `line vty` take no more sessions than their limit", async () => {
  await using box = await Box.of("ios", `${IOS} session-limit 2\n`);
  const clients = [(await box.connect()).client, (await box.connect()).client];
  const sessions = await Promise.all(clients.map((client) => Dialogue.open(client)));
  await expect(box.connect()).rejects.toThrow();
  const [first] = sessions;
  await first?.after("lns#", "exit\r");
  await first?.closed;
  clients.push((await box.connect()).client);
  for (const client of clients) client.end();
});

test("who guesses waits longer each time, and every guess is in the log with where it came from", async () => {
  await using box = await Box.of("ios", IOS);
  const failed = () => box.gateway.logs.events.filter(({ event }) => event.text === "SSH login failed");
  for (const password of ["one", "two", "three"]) await expect(box.connect("admin", password)).rejects.toThrow();
  expect(box.clock.now()).toBe(0);
  await expect(box.connect("admin", "four", 1000)).rejects.toThrow();
  expect(failed().map(({ event }) => event.fields.from)).toEqual(Array.from({ length: 4 }, () => "127.0.0.1"));
  expect(
    failed()
      .map(({ event }) => JSON.stringify(event))
      .join(),
  ).not.toMatch(/"(one|two|three|four)"/);
});

test("a user with too many wrong passwords is locked out until an operator says so, and one with all rights never is", async () => {
  const locking = `${IOS}exit\naaa new-model\naaa local authentication attempts max-fail 2\nusername root privilege 15 password 0 pw\nusername ann password 0 pw\n`;
  await using box = await Box.of("ios", locking);
  const refused = (user: string, password: string) => expect(box.connect(user, password)).rejects.toThrow();
  await refused("ann", "one");
  (await box.connect("ann")).client.end();
  for (const password of ["one", "two"]) await refused("ann", password);
  await refused("ann", "pw");
  const operator = new Session(box.gateway, { line: "con 0", paged: false, monitor: false });
  expect(operator.execute("show aaa local user lockout").lines[2]).toMatch(/^ {10}ann {17}\d\d:\d\d:\d\d UTC /);
  expect(operator.execute("clear aaa local user lockout username nobody").lines).toEqual([
    "% User nobody does not exist",
  ]);
  expect(operator.execute("clear aaa local user lockout username ann").ok).toBe(true);
  // Three failures from one address slow the next login from it.
  (await box.connect("ann", "pw", 1000)).client.end();
  const told = operator.execute("show logging | include AAA-5").lines.join("\n");
  expect(told).toMatch(
    /USER_LOCKED: User ann locked out on authentication failure\n.*USER_UNLOCKED: User ann unlocked by console/,
  );
  expect(operator.execute("test aaa group radius ann pw legacy").lines[1]).toBe("User was successfully authenticated.");
  expect(operator.execute("test aaa group radius ann no new-code").lines[1]).toBe(
    "User authentication request was rejected.",
  );
});

test("after too many failures only those of the quiet-mode list come in, who is in stays, and it is told", async () => {
  const guarded = `${IOS}exit\nlogin block-for 2 attempts 2 within 60\naccess-list 10 permit 192.0.2.0 0.0.0.255\naccess-list 11 permit 127.0.0.0 0.0.0.255\nlogin quiet-mode access-class 10\n`;
  await using box = await Box.of("ios", guarded);
  const { client } = await box.connect();
  const dialogue = await Dialogue.open(client);
  await dialogue.after("lns#", "terminal length 0\rshow login\r");
  await dialogue.after("Router presently in Normal-Mode.");
  // Each refusal is held back by the second that is the default.
  for (const password of ["one", "two"]) await expect(box.connect("eve", password, 1000)).rejects.toThrow();
  await expect(box.connect()).rejects.toThrow();
  await dialogue.after("", "show login\r");
  await dialogue.after("Restricted logins filtered by applied ACL 10.", "show login failures\r");
  await dialogue.after("Count", "configure terminal\rlogin quiet-mode access-class 11\rend\r");
  await dialogue.after("(config)#end");
  expect(dialogue.text).toMatch(/eve +127\.0\.0\.1 +22 +2 +\d\d:\d\d:\d\d UTC/);
  (await box.connect()).client.end();
  box.clock.advance(2000);
  expect(box.gateway.logs.events.map(({ event }) => event.text)).toContain("quiet mode is over");
  await dialogue.after("", "show logging\rexit\r");
  await dialogue.closed;
  expect(dialogue.text).toMatch(/%SEC_LOGIN-1-QUIET_MODE_ON: .* \[user: eve\] \[Source: 127\.0\.0\.1\] .* \[ACL: 10\]/);
  expect(dialogue.text).toContain("%SEC_LOGIN-5-QUIET_MODE_OFF: Quiet Mode is OFF");
  client.end();
});

test("a reload over SSH ends the sessions well, and the next one meets what was saved", async () => {
  await using box = await Box.of("ios", IOS);
  const [one, other] = [await box.connect(), await box.connect()];
  const bystander = await Dialogue.open(other.client);
  await bystander.after("lns#");
  const dialogue = await Dialogue.open(one.client);
  await dialogue.after("lns#", "write memory\r");
  await dialogue.after("lns#", "configure terminal\r");
  await dialogue.after("(config)#", "hostname unsaved\r");
  await dialogue.after("unsaved(config)#", "end\r");
  await dialogue.after("unsaved#", "reload\r");
  await dialogue.after("Save? [yes/no]: ", "no\r");
  await dialogue.after("[confirm]", "\r");
  expect(await dialogue.closed).toBe(0);
  expect(await bystander.closed).toBe(0);
  const again = await Dialogue.open((await box.connect()).client);
  await again.after("lns#", "show users\r");
  await again.after("vty 0");
  expect(again.text).not.toContain("vty 1");
  for (const { client } of [one, other]) client.end();
});

test("a console that draws comes over SSH too: live help, the user's rights, the dashboard, and the status", async () => {
  await using box = await Box.of("ios", `${IOS}username guest password 0 pw\n`);
  const drawn = async (command: string, name: string, plain = false) => {
    const { client } = await box.connect(name);
    const screen = new TerminalScreen(80, 24);
    const octets: Buffer[] = [];
    const channel = await new Promise<ClientChannel>((resolve, reject) => {
      const env = plain ? { NO_COLOR: "1" } : {};
      client.exec(command, { pty: { rows: 24, cols: 80, term: "xterm" }, env }, (error, opened) =>
        error === undefined ? resolve(opened) : reject(error),
      );
    });
    channel.on("data", (some: Buffer) => {
      octets.push(some);
      screen.write(some.toString());
    });
    const closed = new Promise((resolve) => channel.on("exit", resolve));
    const shows = async (text: string) =>
      await expect.poll(async () => (await screen.lines()).join("\n")).toContain(text);
    return { client, channel, closed, shows, drawn: () => Buffer.concat(octets).toString() };
  };
  const admin = await drawn("console", "admin");
  await admin.shows("lns#");
  admin.channel.write("show crypto ");
  await admin.shows("dynamic-map");
  admin.channel.write("\x15show privilege\r");
  await admin.shows("Current privilege level is 15");
  expect(box.gateway.logins.all.map(({ line, user }) => `${line} ${user}`)).toEqual(["vty 0 admin"]);
  admin.channel.write("show nonsense\rexit\r");
  expect(await admin.closed).toBe(1);
  // As found, the terminal has its first screen again.
  expect(admin.drawn()).toContain("\x1b[?1049l");
  const guest = await drawn("console dashboard", "guest", true);
  await guest.shows("tunnel");
  guest.channel.setWindow(20, 70, 0, 0);
  guest.channel.write("q");
  await guest.shows("lns>");
  const coloured = (text: string) => [..."1234567"].some((colour) => text.includes(`\x1b[3${colour}m`));
  expect([admin, guest].map((one) => coloured(one.drawn()))).toEqual([true, false]);
  box.gateway.logins.clear("vty 0");
  expect(await guest.closed).toBe(0);
  expect(box.gateway.logins.all).toEqual([]);
  for (const { client } of [admin, guest]) client.end();
});

test("only where it is asked for is a login told to the log, with what the box would say", async () => {
  await using box = await Box.of("ios", `${IOS}login on-success log\nip ssh logging events\n`);
  const { client } = await box.connect();
  const dialogue = await Dialogue.open(client);
  await dialogue.after("lns#", "terminal length 0\rshow logging\r");
  await dialogue.after("localport: 22] at ", "exit\r");
  expect(dialogue.text).toMatch(/%SSH-5-SSH2_SESSION: SSH2 Session request from 127\.0\.0\.1 \(tty = 0\)/);
  expect(dialogue.text).toContain("%SEC_LOGIN-5-LOGIN_SUCCESS: Login Success [user: admin] [Source: 127.0.0.1]");
  await dialogue.closed;
  client.end();
});
