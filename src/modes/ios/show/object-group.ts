/** `show object-group`: what stands in each group, as it was typed. */

import type { ConfigNode, ConfigReader } from "../../../grammar/declaration.ts";
import { renderForm } from "../../../grammar/render.ts";
import { networkGroup, serviceGroup } from "../commands/object-group.ts";

export function objectGroups(config: ConfigReader, name?: string) {
  return [...config.all(networkGroup).map(modelOf("network")), ...config.all(serviceGroup).map(modelOf("service"))]
    .filter((group) => group.name === (name ?? group.name))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

function modelOf(kind: "network" | "service") {
  return ({ values, children }: ConfigNode & { readonly values: { readonly name: string } }) => {
    const members = children.map((line) => renderForm(line.command.form, line.values));
    return { kind, name: values.name, members };
  };
}

export function showObjectGroups(groups: ReturnType<typeof objectGroups>): string[] {
  return groups.flatMap(({ kind, name, members }) => [
    `${kind === "network" ? "Network" : "Service"} object group ${name}`,
    ...members.map((member) => ` ${member}`),
  ]);
}
