/** A network of its own for a test: a shell in a new network namespace, which needs root and is gone with the shell. */

import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { hostSystem } from "../../src/dataplane/io/native/system.ts";

const ROOT = join(import.meta.dirname, "../..");
const LNSH = join(ROOT, "src/cli/bin.js");

/** Why no such test can run here; `undefined` = it can. */
export function namespaceObstacle(): string | undefined {
  const found = hostSystem();
  if ("reason" in found) return found.reason;
  if (process.getuid?.() !== 0) return "needs root";
  if (!existsSync("/dev/net/tun")) return "there is no /dev/net/tun";
  const tried = spawnSync("unshare", ["-n", "sh", "-c", "ip link set lo up && ping -c 1 127.0.0.1"], {
    encoding: "utf8",
  });
  return tried.status === 0
    ? undefined
    : `no network namespace with ip and ping: ${tried.error?.message ?? tried.stderr}`;
}

/** Runs a script of `sh` in a namespace of its own, where `lnsh` is this program, `$NODE $LNSH` without a shell around it; gives all that was written. */
export function inNamespace(script: string, seconds: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const prelude = `lnsh() { "$NODE" "$LNSH" "$@"; }\nip link set lo up\n`;
    const child = spawn("unshare", ["-n", "--kill-child", "-f", "-p", "sh", "-c", prelude + script], {
      env: { ...process.env, NODE: process.execPath, LNSH, LNSH_PSK: "secret", LNSH_PASSWORD: "fredPw", LC_ALL: "C" },
      timeout: seconds * 1000,
      killSignal: "SIGKILL",
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8");
      stream.on("data", (text: string) => {
        output += text;
      });
    }
    child.on("error", reject);
    child.on("close", () => resolve(output));
  });
}

/** The gateway as `run` starts it, with commands from a pipe; what is to be done once it listens; then its end. */
export function scenario(parts: {
  readonly before?: string;
  readonly run: string;
  readonly commands?: string;
  readonly work: string;
}): string {
  return `
ip addr add 203.0.113.1/32 dev lo
ip addr add 192.0.2.50/32 dev lo
keys=$(mktemp -u)
mkfifo "$keys"
${parts.before ?? ""}
${parts.run} < "$keys" 2>&1 &
gateway=$!
exec 3> "$keys"
rm "$keys"
for i in $(seq 100); do ss -Hlun | grep -q :4500 && break; sleep 0.1; done
sleep 0.5
${parts.work}
printf 'enable\\n${parts.commands ?? ""}' >&3
sleep 0.5
kill $gateway
wait $gateway
echo "after: $(ip -o link show lnsh0 2>&1) $(ip -o link show tun7 2>&1)"
`;
}
