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
  return refusalOf("no network namespace with ip and ping", "ip link set lo up && ping -c 1 127.0.0.1");
}

/** The same for a test that needs addresses of IPv6, which a host may be without. */
export function ipv6Obstacle(): string | undefined {
  return namespaceObstacle() ?? refusalOf("no IPv6", "ip addr add 2001:db8::1/128 dev lo");
}

function refusalOf(what: string, script: string): string | undefined {
  const tried = spawnSync("unshare", ["-n", "sh", "-c", script], { encoding: "utf8" });
  return tried.status === 0 ? undefined : `${what}: ${tried.error?.message ?? tried.stderr}`;
}

/** A net only: what a script waits for is an event, however long a busy machine takes for it. */
const LIMIT_SECONDS = 290;

const PRELUDE = `
lnsh() { "$NODE" "$LNSH" "$@"; }
until_true() { # until_true COMMAND: until it succeeds, some minutes at the most
  for i in $(seq 4000); do eval "$1" > /dev/null 2>&1 && return; sleep 0.05; done
  echo "never: $1"
}
pings() { # pings COUNT ADDRESS OPTIONS...: until so many are answered; a count alone would give the last one no longer than twice what others took
  count=$1 address=$2; shift 2
  ping -q -n -c $count -w 200 "$@" $address
}
host_took() { # host_took DEVICE: packets that came out of it for the host's kernel
  sed -n "s/^ *$1: *//p" /proc/net/dev | tr -s " " | cut -d " " -f 2
}
host_sent() { # host_sent DEVICE: packets that the host's kernel has put into it
  sed -n "s/^ *$1: *//p" /proc/net/dev | tr -s " " | cut -d " " -f 10
}
ip link set lo up
`;

/** Runs a script of `sh` in a namespace of its own, where `lnsh` is this program, `$NODE $LNSH` without a shell around it; gives all that was written. */
export function inNamespace(script: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn("unshare", ["-n", "--kill-child", "-f", "-p", "sh", "-c", PRELUDE + script], {
      env: { ...process.env, NODE: process.execPath, LNSH, LNSH_PSK: "secret", LNSH_PASSWORD: "fredPw", LC_ALL: "C" },
      timeout: LIMIT_SECONDS * 1000,
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

/**
 * The gateway as `run` starts it, with commands from a pipe; what is to be done once it listens; then its end. The work may say
 * `ask COMMANDS TEXT`, which waits for the text in what the gateway answers.
 */
export function scenario(parts: { readonly before?: string; readonly run: string; readonly work: string }): string {
  return `
ip addr add 203.0.113.1/32 dev lo
ip addr add 192.0.2.50/32 dev lo
keys=$(mktemp -u)
log=$(mktemp)
mkfifo "$keys"
${parts.before ?? ""}
${parts.run} < "$keys" > "$log" 2>&1 &
gateway=$!
exec 3> "$keys"
rm "$keys"
ask() { printf "enable\\n$1\\n" >&3; until_true "grep -q '$2' $log"; }
until_true "grep -q 'listening on' $log"
${parts.work}
kill $gateway
wait $gateway
cat "$log"
rm "$log"
echo "after: $(ip -o link show lnsh0 2>&1) $(ip -o link show tun7 2>&1)"
`;
}
