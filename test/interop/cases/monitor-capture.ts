/** What `monitor capture` exports, opened by tshark as it is: the inside without any key, the wire with the keys of the file. */

import type { Case } from "../lab/case.ts";
import { expect, runBeside } from "../lab/command.ts";
import { pingWithoutLoss } from "../lab/ping.ts";
import { connect } from "../lab/stage.ts";
import { IOS_LOOPBACK } from "./routers.ts";

const FILE = "capture.pcapng";
const EXPECTED = ["isakmp", "l2tp", "lcp", "chap", "ipcp", "icmp"];
const PINGS = 5;

export const monitorCapture: Case = {
  name: "monitor-capture",
  async run(stage) {
    const { gateway } = stage;
    await gateway.show("monitor capture all match any");
    await gateway.show("monitor capture all start");
    const client = await stage.boot();
    await connect(client);
    await pingWithoutLoss(client, IOS_LOOPBACK, PINGS);
    await gateway.show("monitor capture all stop");
    const said = await gateway.show(`monitor capture all export flash:${FILE}`);
    expect(said.includes("Exported Successfully"), "the capture was not exported", said);
    await client.run("tunnel_down");
    await stage.powerOff(client);
    const file = gateway.flash(FILE);

    const inside = await layersOf(file, "frame.interface_name == inside", []);
    const missing = EXPECTED.filter((layer) => !inside.some((layers) => layers.includes(layer)));
    expect(missing.length === 0, `not seen inside: ${missing.join(", ")}`, inside.join("\n"));
    const faulty = await layersOf(file, "frame.interface_name == inside && _ws.malformed", []);
    expect(faulty.length === 0, "opened to something malformed", faulty.join("\n"));

    const wire = "frame.interface_name == wire && esp";
    const keys = (await runBeside("capinfos", ["-k", file]))
      .split("\n")
      .flatMap((line) => /^Capture comment: +(\S.*)$/.exec(line)?.[1] ?? []);
    const esp = await layersOf(file, wire, []);
    const opened = await layersOf(file, `${wire} && l2tp && esp.icv_good == 1`, [
      ...["-o", "esp.enable_encryption_decode:TRUE", "-o", "esp.enable_authentication_check:TRUE"],
      ...keys.flatMap((key) => ["-o", `uat:${key}`]),
    ]);
    expect(esp.length > 2 * PINGS, `only ${esp.length} ESP packets were captured`);
    expect(
      opened.length === esp.length,
      `${opened.length} of ${esp.length} ESP packets open with the keys of the file`,
    );
  },
};

/** The layers of each frame that passes a display filter. */
async function layersOf(file: string, filter: string, options: readonly string[]): Promise<readonly string[]> {
  const fields = ["-Y", filter, "-T", "fields", "-e", "frame.protocols"];
  return (await runBeside("tshark", ["-n", "-r", file, ...options, ...fields])).split("\n").filter(Boolean);
}
