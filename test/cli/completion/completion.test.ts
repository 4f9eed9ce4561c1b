import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { commandShapes } from "../../../src/cli/completion/command-shape.ts";
import { completion, type ShellName } from "../../../src/cli/completion/completion.ts";
import { program } from "../../../src/cli/program.ts";

const directory = mkdtempSync(join(tmpdir(), "lnsh-completion-"));
afterAll(() => rmSync(directory, { recursive: true }));
writeFileSync(join(directory, "my lns.cfg"), "");
const file = (shell: ShellName): string => {
  const path = join(directory, `lnsh.${shell}`);
  writeFileSync(path, completion(program, shell));
  return path;
};
const has = (shell: ShellName): boolean => spawnSync(shell, ["-c", "true"]).status === 0;

/** What bash offers behind these words. */
function offered(...words: readonly string[]): string[] {
  const script = `source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _lnsh; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const run = spawnSync("bash", ["-c", script, "bash", file("bash"), "lnsh", ...words], {
    encoding: "utf8",
    cwd: directory,
  });
  expect(run.stderr).toBe("");
  return run.stdout.split("\n").filter((line) => line !== "");
}

test.skipIf(!has("bash"))("bash completes commands, options, their values and files with blanks", () => {
  expect(offered("ch")).toEqual(["check"]);
  expect(offered("")).toEqual(expect.arrayContaining(commandShapes(program).map(({ name }) => name)));
  expect(offered("exec", "--known")).toEqual(["--known-hosts"]);
  expect(offered("run", "--dialect", "")).toEqual(["ios", "junose"]);
  expect(offered("exec", "-f", "my")).toEqual(["my lns.cfg"]);
  expect(offered("check", "my")).toEqual(["my lns.cfg"]);
  expect(offered("exec", "-c", "sh")).toEqual([]);
  expect(offered("completion", "f")).toEqual(["fish"]);
  for (const { name, options } of commandShapes(program)) {
    expect(offered(name, "--"), name).toEqual(options.map(({ long }) => long));
  }
});

test.skipIf(!has("zsh"))("zsh takes the script", () => {
  const script = `autoload -Uz compinit; compinit -u -d "$2"; source "$1"; print -r -- $_comps[lnsh]`;
  const run = spawnSync("zsh", ["-f", "-c", script, "zsh", file("zsh"), join(directory, "dump")], { encoding: "utf8" });
  expect(run).toMatchObject({ status: 0, stdout: "_lnsh\n", stderr: "" });
});

test.skipIf(!has("fish"))("fish completes commands, options, their values and files", () => {
  const fish = (line: string): string[] => {
    const run = spawnSync("fish", ["-N", "-c", `source $argv[1]; complete -C $argv[2]`, file("fish"), line], {
      encoding: "utf8",
      cwd: directory,
      env: { ...process.env, HOME: directory },
    });
    expect(run.stderr).toBe("");
    return run.stdout.split("\n").flatMap((each) => (each === "" ? [] : [each.split("\t")[0] ?? ""]));
  };
  expect(fish("lnsh ch")).toEqual(["check"]);
  expect(fish("lnsh run --dialect ")).toEqual(["ios", "junose"]);
  expect(fish("lnsh exec --known")).toEqual(["--known-hosts"]);
  expect(fish("lnsh exec -f my")).toEqual(["my lns.cfg"]);
});

test("every command and option is in every script", () => {
  for (const shell of ["bash", "zsh", "fish"] as const) {
    const text = completion(program, shell);
    for (const { name, options } of commandShapes(program)) {
      expect(text).toContain(name);
      for (const { long } of options) expect(text, `${shell} ${name}`).toContain(long.replace(/^--/, ""));
    }
  }
});
