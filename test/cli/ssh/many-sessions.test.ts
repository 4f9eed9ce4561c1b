import type { Client, ClientChannel } from "ssh2";
import { expect, test } from "vitest";
import { access, SshBench, vtyLines } from "../../support/ssh.ts";

const SESSIONS = 100;
const COMMANDS = 50;

/** Types a line and waits for the prompt behind its answer. */
class Typist {
  readonly #channel: ClientChannel;
  #text = "";
  #waiting: { readonly prompt: RegExp; readonly done: (text: string) => void } | undefined;

  private constructor(channel: ClientChannel) {
    this.#channel = channel;
    channel.on("data", (octets: Buffer) => {
      this.#text += octets.toString();
      this.#look();
    });
  }

  static open(client: Client): Promise<Typist> {
    return new Promise((resolve, reject) => {
      client.shell({ rows: 0, cols: 0 }, (error, channel) => {
        if (error === undefined) resolve(new Typist(channel));
        else reject(error);
      });
    });
  }

  /** Everything printed up to the next prompt. */
  answer(line: string, prompt: RegExp): Promise<string> {
    if (line !== "") this.#channel.write(`${line}\r`);
    return new Promise((done) => {
      this.#waiting = { prompt, done };
      this.#look();
    });
  }

  #look(): void {
    const waiting = this.#waiting;
    if (waiting === undefined || !waiting.prompt.test(this.#text)) return;
    const text = this.#text;
    this.#text = "";
    this.#waiting = undefined;
    waiting.done(text);
  }
}

test("a hundred sessions type fifty commands each: every answer goes to the one who asked", async () => {
  await using bench = await new SshBench(access({ lines: vtyLines(SESSIONS) })).start();
  const clients: Client[] = [];
  // Thirty-two strangers may stand at the door at once.
  while (clients.length < SESSIONS) {
    const few = Array.from({ length: 20 }, () => bench.connect());
    clients.push(...(await Promise.all(few)));
  }
  const typists = await Promise.all(clients.map((client) => Typist.open(client)));
  await Promise.all(typists.map((typist) => typist.answer("", /#$/)));
  await Promise.all(
    typists.map(async (typist, index) => {
      // Each says another word, and has a width of its own, which only its own session knows.
      await typist.answer(`terminal width ${100 + index}`, /#$/);
      for (let command = 0; command < COMMANDS; command += 1) {
        const word = `session-${index}-command-${command}`;
        const shown = await typist.answer(`show privilege | include ${word}`, /#$/);
        expect(shown).toBe(`show privilege | include ${word}\r\n72_LNS#`);
      }
      expect(await typist.answer("show terminal | include Width", /#$/)).toContain(`Width: ${100 + index} columns`);
    }),
  );
  expect(bench.gateway.logins.all).toHaveLength(SESSIONS);
});
