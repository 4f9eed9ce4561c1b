/** The ways into an interface: a port or a template, an interface below a port, and several of them at once. */

import { type InterfaceName, word } from "../../../grammar/arguments.ts";
import { type ConfigNode, type ConfigReader, opener, setting } from "../../../grammar/declaration.ts";
import { arg, kw, oneOf, opt, pick } from "../../../grammar/elements.ts";
import { mainInterface, nameOf, subinterface, templateInterface } from "../arguments.ts";
import { interfaceRange, interfacesOfRange, rangeFault } from "../interface-range.ts";
import { globalMode, interfaceMode, interfaceRangeMode, subinterfaceMode } from "../modes.ts";

const select = kw("interface", "Select an interface to configure");
const global = { mode: globalMode, section: "interface" } as const;
const MOST_AT_ONCE = 256;

function setBack({ name }: { readonly name: InterfaceName }): string {
  return `Interface ${nameOf(name)} set to default configuration`;
}

export const interfaceOpener = opener({
  ...global,
  resets: setBack,
  form: [select, arg("name", mainInterface, "Interface")],
  key: ["name"],
  opens: interfaceMode,
});

export const templateOpener = opener({
  ...global,
  resets: setBack,
  form: [
    select,
    arg("name", templateInterface, "Interface"),
    opt(
      kw("type", "Virtual-template interface type"),
      pick("kind", {
        ethernet: "Virtual template of type ethernet",
        ppp: "Virtual template of type PPP",
        serial: "Virtual template of type serial",
        tunnel: "Virtual template of type tunnel",
      }),
    ),
  ],
  key: ["name"],
  opens: interfaceMode,
  check: ({ name, kind }, config): string | undefined => {
    if (kind === undefined) return undefined;
    const before = templateKind(config, name);
    return before === undefined || before === kind
      ? undefined
      : "% The type of a Virtual-Template cannot be changed: remove the interface first";
  },
});

/** The type that a template was given before; one without a type is of type serial. */
function templateKind(config: ConfigReader, name: InterfaceName): string | undefined {
  const there = config.find(templateOpener, { name });
  return there === undefined ? undefined : (there.values.kind ?? "serial");
}

export const subinterfaceOpener = opener({
  ...global,
  resets: setBack,
  form: [
    select,
    arg("name", subinterface, "Interface below a port"),
    opt(pick("link", { multipoint: "Treat as a multipoint link", "point-to-point": "Treat as a point-to-point link" })),
  ],
  key: ["name"],
  opens: subinterfaceMode,
});

/** A name for interfaces that are typed in together. */
export const interfaceRangeMacro = setting({
  ...global,
  form: [
    kw("define", "interface range macro definition"),
    kw("interface-range", "define a range of interfaces"),
    arg("name", word(), "Name of the range"),
    arg("runs", interfaceRange, "Interfaces, such as FastEthernet0/0 - 3 , FastEthernet1/0"),
  ],
  key: ["name"],
  check: ({ runs }) => rangeFault(runs, MOST_AT_ONCE),
});

export const interfaceRangeOpener = opener({
  ...global,
  form: [
    select,
    kw("range", "interface range command"),
    oneOf(
      [arg("runs", interfaceRange, "Interfaces, such as FastEthernet0/0 - 3 , FastEthernet1/0")],
      [kw("macro", "Interfaces that define interface-range names"), arg("macro", word(), "Name of the range")],
    ),
  ],
  key: ["runs", "macro"],
  opens: interfaceRangeMode,
  check({ runs, macro = "" }, config) {
    const meant = runs ?? config.find(interfaceRangeMacro, { name: macro })?.values.runs;
    if (meant === undefined) return `%Command rejected: interface range macro ${macro} is not defined`;
    return rangeFault(meant, MOST_AT_ONCE);
  },
  instead: ({ runs, macro = "" }, config) => ({
    kind: "spread",
    lines: interfacesOfRange(runs ?? config.find(interfaceRangeMacro, { name: macro })?.values.runs ?? []).map(
      (name) => ({
        command: openerOf(name),
        values: { name },
      }),
    ),
  }),
});

function openerOf({ type, number }: InterfaceName) {
  if (number.includes(".")) return subinterfaceOpener;
  return type === "Virtual-Template" ? templateOpener : interfaceOpener;
}

export type InterfaceNode =
  | ConfigNode<(typeof interfaceOpener)["form"]>
  | ConfigNode<(typeof templateOpener)["form"]>
  | ConfigNode<(typeof subinterfaceOpener)["form"]>;

/** The interface of that name, found without looking at others. */
export function interfaceNamed(config: ConfigReader, name: InterfaceName): InterfaceNode | undefined {
  return (
    config.find(interfaceOpener, { name }) ??
    config.find(templateOpener, { name }) ??
    config.find(subinterfaceOpener, { name })
  );
}

/** Every interface of a configuration, those below ports last. */
export function interfacesIn(config: ConfigReader): readonly InterfaceNode[] {
  return [...config.all(interfaceOpener), ...config.all(templateOpener), ...config.all(subinterfaceOpener)];
}
