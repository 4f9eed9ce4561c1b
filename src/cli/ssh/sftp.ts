/**
 * SFTP version 3 (draft-ietf-secsh-filexfer-02) over the device's files. A file is written when its handle is closed, as a whole; what
 * became of it (the paste report of a configuration) is the answer to the close. Handles and sizes are bounded.
 */

import ssh2, { type Attributes, type SFTPWrapper, type FileEntry as SftpName } from "ssh2";
import { type DevicePath, type DeviceTree, devicePath, type FileEntry, pathText } from "./device-paths.ts";
import { LARGEST_UPLOAD } from "./scp.ts";

const { STATUS_CODE, OPEN_MODE } = ssh2.utils.sftp;
const MAX_HANDLES = 32;

type Handle =
  | { readonly kind: "read"; readonly path: DevicePath; readonly octets: Buffer }
  | { readonly kind: "write"; readonly path: DevicePath; octets: Buffer; length: number }
  | { readonly kind: "directory"; readonly path: DevicePath; told: boolean };

/** `lacked`: the privilege level that reading and writing configurations needs, of a user who has less. */
export function serveSftp(sftp: SFTPWrapper, tree: DeviceTree, lacked: number | undefined): void {
  const handles = new Map<number, Handle>();
  let next = 1;
  // OpenSSH's scp says that it is done and then waits for the channel to close.
  sftp.on("end", () => finish(sftp));
  const refuse = (id: number, code: number, message?: string): void => sftp.status(id, code, message);
  const denied = (id: number): boolean => {
    if (lacked !== undefined) refuse(id, STATUS_CODE.PERMISSION_DENIED, `privilege level ${lacked} is needed`);
    return lacked !== undefined;
  };
  const open = (id: number, handle: Handle): void => {
    if (handles.size >= MAX_HANDLES) {
      refuse(id, STATUS_CODE.FAILURE, "too many open files");
      return;
    }
    const name = Buffer.alloc(4);
    name.writeUInt32BE(next);
    handles.set(next, handle);
    next += 1;
    sftp.handle(id, name);
  };
  const found = (name: Buffer): Handle | undefined =>
    name.length === 4 ? handles.get(name.readUInt32BE()) : undefined;
  const stat = (id: number, text: string): void => {
    const path = devicePath(text);
    const entry = path === undefined ? undefined : tree.stat(path);
    if (entry === undefined) refuse(id, STATUS_CODE.NO_SUCH_FILE);
    else sftp.attrs(id, attributes(entry));
  };

  sftp.on("REALPATH", (id, text) => {
    const path = devicePath(text);
    if (path === undefined) refuse(id, STATUS_CODE.NO_SUCH_FILE);
    else sftp.name(id, [nameOf(pathText(path), undefined)]);
  });
  sftp.on("STAT", stat);
  sftp.on("LSTAT", stat);
  sftp.on("FSTAT", (id, name) => {
    const handle = found(name);
    const entry = handle === undefined ? undefined : tree.stat(handle.path);
    if (handle?.kind === "write")
      sftp.attrs(id, attributes({ name: "", isDirectory: false, sizeBytes: handle.length, modifiedAt: new Date(0) }));
    else if (entry === undefined) refuse(id, STATUS_CODE.FAILURE);
    else sftp.attrs(id, attributes(entry));
  });
  const accept = (id: number): void => sftp.status(id, STATUS_CODE.OK);
  sftp.on("SETSTAT", accept);
  sftp.on("FSETSTAT", accept);

  sftp.on("OPENDIR", (id, text) => {
    const path = devicePath(text);
    if (path === undefined || tree.list(path) === undefined) refuse(id, STATUS_CODE.NO_SUCH_FILE);
    else open(id, { kind: "directory", path, told: false });
  });
  sftp.on("READDIR", (id, name) => {
    const handle = found(name);
    if (handle?.kind !== "directory") return refuse(id, STATUS_CODE.FAILURE);
    if (handle.told) return refuse(id, STATUS_CODE.EOF);
    handle.told = true;
    const entries = (tree.list(handle.path) ?? []).map((entry) => nameOf(entry.name, entry));
    if (entries.length === 0) return refuse(id, STATUS_CODE.EOF);
    sftp.name(id, entries);
  });

  sftp.on("OPEN", (id, text, flags) => {
    if (denied(id)) return;
    const path = devicePath(text);
    if (path === undefined) return refuse(id, STATUS_CODE.NO_SUCH_FILE);
    if ((flags & OPEN_MODE.WRITE) !== 0) {
      if (path.kind === "root" || path.kind === "flash") return refuse(id, STATUS_CODE.FAILURE, "is a directory");
      return open(id, { kind: "write", path, octets: Buffer.alloc(0), length: 0 });
    }
    const content = tree.read(path);
    if (content === undefined) refuse(id, STATUS_CODE.NO_SUCH_FILE);
    else open(id, { kind: "read", path, octets: Buffer.from(content) });
  });
  sftp.on("READ", (id, name, offset, length) => {
    const handle = found(name);
    if (handle?.kind !== "read") return refuse(id, STATUS_CODE.FAILURE);
    const part = handle.octets.subarray(offset, offset + Math.min(length, 32_768));
    if (part.length === 0) refuse(id, STATUS_CODE.EOF);
    else sftp.data(id, part);
  });
  sftp.on("WRITE", (id, name, offset, data) => {
    const handle = found(name);
    if (handle?.kind !== "write") return refuse(id, STATUS_CODE.FAILURE);
    const end = offset + data.length;
    if (end > LARGEST_UPLOAD || offset > handle.length) return refuse(id, STATUS_CODE.FAILURE, "too large");
    if (end > handle.octets.length) {
      const larger = Buffer.alloc(Math.min(LARGEST_UPLOAD, Math.max(end, handle.octets.length * 2)));
      handle.octets.copy(larger);
      handle.octets = larger;
    }
    data.copy(handle.octets, offset);
    handle.length = Math.max(handle.length, end);
    sftp.status(id, STATUS_CODE.OK);
  });
  sftp.on("CLOSE", (id, name) => {
    const handle = found(name);
    if (handle === undefined) return refuse(id, STATUS_CODE.FAILURE);
    handles.delete(name.readUInt32BE());
    if (handle.kind !== "write") return accept(id);
    const written = tree.write(handle.path, handle.octets.subarray(0, handle.length));
    // Clients keep the message of a status to themselves; what comes beside the conversation they pass on.
    if (!written.ok) tell(sftp, `${written.message}\n`);
    sftp.status(id, written.ok ? STATUS_CODE.OK : STATUS_CODE.FAILURE, written.message);
  });
  sftp.on("REMOVE", (id, text) => {
    if (denied(id)) return;
    const path = devicePath(text);
    refuse(id, path !== undefined && tree.remove(path) ? STATUS_CODE.OK : STATUS_CODE.NO_SUCH_FILE);
  });
  sftp.on("RENAME", (id, from, to) => {
    if (denied(id)) return;
    const source = devicePath(from);
    const target = devicePath(to);
    const text = source?.kind === "file" ? tree.read(source) : undefined;
    if (source === undefined || target?.kind !== "file" || text === undefined)
      return refuse(id, STATUS_CODE.NO_SUCH_FILE);
    const written = tree.write(target, text);
    if (written.ok) tree.remove(source);
    sftp.status(id, written.ok ? STATUS_CODE.OK : STATUS_CODE.FAILURE, written.message);
  });
  const unsupported = (id: number): void => refuse(id, STATUS_CODE.OP_UNSUPPORTED);
  sftp.on("MKDIR", unsupported);
  sftp.on("RMDIR", unsupported);
  sftp.on("READLINK", unsupported);
  sftp.on("SYMLINK", unsupported);
}

/** With an exit status, as from a program that served the subsystem: without one, scp reports a failure. */
function finish(sftp: SFTPWrapper): void {
  const { outgoing, _protocol: protocol } = sftp as unknown as ServedChannel;
  if (outgoing?.state === "open") protocol?.exitStatus?.(outgoing.id, 0);
  sftp.end();
}

const STDERR = 1;

/** To the standard error of the program at the other end. */
function tell(sftp: SFTPWrapper, text: string): void {
  const { outgoing, _protocol: protocol } = sftp as unknown as ServedChannel;
  if (outgoing?.state === "open") protocol?.channelExtData?.(outgoing.id, Buffer.from(text), STDERR);
}

/** What `ssh2` keeps of the channel under an SFTP conversation; its interface offers no way to the exit status and to stderr. */
interface ServedChannel {
  readonly outgoing?: { readonly id: number; readonly state: string };
  readonly _protocol?: {
    readonly exitStatus?: (channel: number, status: number) => void;
    readonly channelExtData?: (channel: number, data: Buffer, type: number) => void;
  };
}

const DIRECTORY_MODE = 0o040_700;
const FILE_MODE = 0o100_600;

function attributes(entry: FileEntry): Attributes {
  const seconds = Math.floor(entry.modifiedAt.getTime() / 1000);
  const mode = entry.isDirectory ? DIRECTORY_MODE : FILE_MODE;
  return { mode, uid: 0, gid: 0, size: entry.sizeBytes, atime: seconds, mtime: seconds };
}

function nameOf(filename: string, entry: FileEntry | undefined): SftpName {
  const attrs = attributes(entry ?? { name: filename, isDirectory: true, sizeBytes: 0, modifiedAt: new Date(0) });
  const rights = entry?.isDirectory === false ? "-rw-------" : "drwx------";
  const date = new Date(attrs.mtime * 1000).toISOString().slice(0, 16).replace("T", " ");
  return { filename, longname: `${rights} 1 0 0 ${String(attrs.size).padStart(10)} ${date} ${filename}`, attrs };
}
