/** Exec commands that this box refuses, each with the reason: what would leave it, and what belongs to the host. */

import { line, word } from "../../../grammar/arguments.ts";
import { type ExecCommand, exec, unsupported } from "../../../grammar/declaration.ts";
import { arg, type Element, kw, opt, pick } from "../../../grammar/elements.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { PRIVILEGED } from "./words.ts";

const NO_CALLS = "no connection is opened from here to other hosts";
const NO_CALENDAR = "there is no calendar that runs while the box is off: clock set sets the clock";
const ONE_BY_ONE = "files are deleted one by one here: delete flash:NAME";
const LOCAL_FILES = "files are those of flash: and nvram:, and nothing is fetched or sent over the network";

const NO_VIEWS = "there are no views here: give the user a privilege level";

const rest = opt(arg("rest", line(), "What else"));

function refusedCommand(
  form: readonly Element[],
  reason: string,
  level: number = PRIVILEGED,
): ExecCommand<ExecContext> {
  return exec({ level, form: [...form, rest], effect: unsupported(reason), run: () => ({ ok: false }) });
}

const clock = kw("clock", "Manage the system clock");
const host = opt(arg("host", word({ placeholder: "WORD" }), "IP address or hostname of a remote system"));

export const refusedCommands = [
  refusedCommand([kw("connect", "Open a terminal connection"), host], NO_CALLS, 1),
  refusedCommand([kw("telnet", "Open a telnet connection"), host], NO_CALLS, 1),
  refusedCommand([kw("rlogin", "Open an rlogin connection"), host], NO_CALLS, 1),
  refusedCommand([kw("ssh", "Open a secure shell client connection")], NO_CALLS, 1),
  refusedCommand([kw("resume", "Resume an active network connection")], NO_CALLS, 1),
  refusedCommand([kw("disconnect", "Disconnect an existing network connection")], NO_CALLS, 1),
  refusedCommand([kw("name-connection", "Name an existing network connection")], NO_CALLS, 1),
  refusedCommand(
    [kw("tclsh", "Tool Command Language shell")],
    "scripts run outside: lnsh exec -c, or a script over SSH",
  ),
  refusedCommand([kw("enable", "Turn on privileged commands"), kw("view", "Set into the existing view")], NO_VIEWS, 0),
  refusedCommand([kw("menu", "Start a menu-based user interface")], "there are no menus here", 1),
  refusedCommand([kw("setup", "Run the SETUP command facility")], "a configuration is typed or pasted here"),
  refusedCommand(
    [clock, pick("what", { "read-calendar": "Read the calendar", "update-calendar": "Set it" })],
    NO_CALENDAR,
  ),
  refusedCommand([kw("calendar", "Manage the hardware calendar"), kw("set", "Set the time and date")], NO_CALENDAR),
  refusedCommand([kw("format", "Format a filesystem")], ONE_BY_ONE),
  refusedCommand(
    [kw("erase", "Erase a filesystem"), kw("flash:", "Filesystem to be erased", { aliases: ["flash"] })],
    ONE_BY_ONE,
  ),
  refusedCommand(
    [
      kw("configure", "Enter configuration mode"),
      kw("overwrite-network", "Overwrite NV memory from TFTP network host"),
    ],
    LOCAL_FILES,
  ),
  refusedCommand(
    [
      kw("archive", "Manage archive files"),
      pick("what", { "download-sw": "Download an image", tar: "Tape archives", "upload-sw": "Upload an image" }),
    ],
    LOCAL_FILES,
  ),
  refusedCommand(
    [pick("word", { release: "Release a resource", renew: "Renew a resource" })],
    "no address is asked for by DHCP here",
  ),
  refusedCommand(
    [
      kw("test", "Test subsystems, memory, and interfaces"),
      pick("what", { crash: "Crash", memory: "Memory", vpdn: "VPDN" }),
    ],
    "nothing here is tested by breaking it",
  ),
  refusedCommand(
    [
      kw("crypto", "Encryption related commands"),
      kw("key", "Long term key operations"),
      pick("what", { lock: "Lock a keypair", unlock: "Unlock a keypair" }),
    ],
    "keys are kept by the host under a permission of their own and cannot be locked",
  ),
];
