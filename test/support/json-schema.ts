/** As much of JSON Schema as the schemas of this project use; a keyword it does not know is itself a fault. */

type Schema = Readonly<Record<string, unknown>>;

const ANNOTATIONS = new Set(["$schema", "$id", "title", "description", "$defs"]);

/** What is wrong with a value, each with its path; empty = it keeps to the schema. */
export function faults(schema: unknown, value: unknown, path = "$", root = schema): string[] {
  const rules = schema as Schema;
  return Object.entries(rules).flatMap(([keyword, argument]): string[] => {
    const check = KEYWORDS[keyword];
    if (check !== undefined) return check(argument, value, path, root, rules);
    return ANNOTATIONS.has(keyword) ? [] : [`${path}: unknown keyword ${keyword}`];
  });
}

type Keyword = (argument: unknown, value: unknown, path: string, root: unknown, schema: Schema) => string[];

const KEYWORDS: Readonly<Record<string, Keyword>> = {
  $ref: (argument, value, path, root) => faults(at(root, String(argument)), value, path, root),
  type: (argument, value, path) => {
    const types = Array.isArray(argument) ? argument : [argument];
    return types.some((type) => isOf(String(type), value)) ? [] : [`${path}: not ${types.join(" or ")}`];
  },
  enum: (argument, value, path) => ((argument as unknown[]).includes(value) ? [] : [`${path}: not one of the values`]),
  minimum: (argument, value, path) => (Number(value) >= Number(argument) ? [] : [`${path}: too small`]),
  maximum: (argument, value, path) => (Number(value) <= Number(argument) ? [] : [`${path}: too large`]),
  required: (argument, value, path) =>
    (argument as string[]).filter((name) => !Object.hasOwn(value as object, name)).map((name) => `${path}: no ${name}`),
  properties: (argument, value, path, root) =>
    Object.entries(argument as Schema).flatMap(([name, schema]) =>
      Object.hasOwn(Object(value), name) ? faults(schema, (value as Schema)[name], `${path}.${name}`, root) : [],
    ),
  additionalProperties: (_, value, path, __, schema) =>
    Object.keys(value as object)
      .filter((name) => !Object.hasOwn(schema.properties as object, name))
      .map((name) => `${path}: ${name} is not known`),
  items: (argument, value, path, root) =>
    Array.isArray(value) ? value.flatMap((each, index) => faults(argument, each, `${path}[${index}]`, root)) : [],
};

function isOf(type: string, value: unknown): boolean {
  if (type === "array") return Array.isArray(value);
  if (type === "null") return value === null;
  if (type === "integer") return Number.isInteger(value);
  return typeof value === type && value !== null && !Array.isArray(value);
}

function at(root: unknown, reference: string): unknown {
  return reference
    .replace(/^#\//, "")
    .split("/")
    .reduce<unknown>((schema, name) => (schema as Schema)[name], root);
}
