/** `show tcp brief`: the connections that SSH clients have, which are the only ones of TCP. */

import type { SshService } from "../../common/ssh-service.ts";

export interface TcpConnection {
  readonly local: string;
  readonly remote: string;
  readonly state: "ESTAB" | "LISTEN";
}

/** With `listening` the port that they come to as well. */
export function tcpConnections(ssh: SshService | undefined, listening: boolean): TcpConnection[] {
  if (ssh === undefined) return [];
  const local = `${ssh.address}.${ssh.port}`;
  const open = ssh.connections.map(({ from }): TcpConnection => ({ local, remote: from, state: "ESTAB" }));
  return listening ? [...open, { local, remote: "*.*", state: "LISTEN" }] : open;
}

/** The first column is the number of a control block; here they are counted. */
export function showTcpBrief(connections: readonly TcpConnection[]): string[] {
  return [
    "TCB       Local Address               Foreign Address             (state)",
    ...connections.map(
      ({ local, remote, state }, index) =>
        `${(index + 1).toString(16).toUpperCase().padStart(8, "0")}  ${local.padEnd(27)} ${remote.padEnd(27)} ${state}`,
    ),
  ];
}
