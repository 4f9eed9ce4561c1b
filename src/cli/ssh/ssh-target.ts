/** Whom `--connect` names: `ssh://[user@]host[:port]`, or the same without the scheme. An IPv6 address stands in brackets. */

export interface SshTarget {
  /** Absent = the name of whoever runs the command. */
  readonly user: string | undefined;
  readonly host: string;
  readonly port: number;
}

const SSH_PORT = 22;

/** `undefined` = it is no target. A password has no place in it: command lines are seen by everybody on the machine. */
export function sshTarget(text: string): SshTarget | undefined {
  const match = /^(?:ssh:\/\/)?(?:([^@:/\s]+)@)?(\[[0-9a-fA-F:.%\w]+\]|[^@:/[\]\s]+)(?::(\d{1,5}))?\/?$/.exec(text);
  if (match === null) return undefined;
  const port = match[3] === undefined ? SSH_PORT : Number(match[3]);
  if (port < 1 || port > 65_535) return undefined;
  return { user: match[1], host: (match[2] ?? "").replace(/^\[|\]$/g, ""), port };
}

/** How the file of known hosts names it: the port only where it is not the usual one. */
export function knownName({ host, port }: SshTarget): string {
  return port === SSH_PORT ? host : `[${host}]:${port}`;
}
