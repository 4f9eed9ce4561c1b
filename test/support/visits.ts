/**
 * How many members of collections are looked at while something is done: what maps, sets and arrays yield to loops and spreads, and what the searching
 * and mapping methods of arrays call back for. Unlike a clock it gives the same number on every machine. A loop that counts an
 * index upward is not seen.
 */

type Method = (this: unknown, ...args: unknown[]) => unknown;
type Methods = Record<string, Method>;

const CALLING_BACK = [
  "every",
  "filter",
  "find",
  "findIndex",
  "findLast",
  "findLastIndex",
  "flatMap",
  "forEach",
  "map",
  "reduce",
  "some",
  "sort",
  "toSorted",
];
const COMPARING = ["includes", "indexOf", "lastIndexOf"];

/** The prototypes of what `for … of` asks. */
const ITERATORS: readonly Methods[] = [new Map().entries(), new Set().values(), [].values()].map(
  (iterator) => Object.getPrototypeOf(iterator) as Methods,
);

/** Puts `replacement(original)` in the place of a method; returns what takes it back. */
function replace(methods: Methods, name: string, replacement: (original: Method) => Method): () => void {
  const original = methods[name];
  if (original === undefined) throw new Error(`no method ${name}`);
  methods[name] = replacement(original);
  return () => {
    methods[name] = original;
  };
}

export function visitsOf(work: () => void): number {
  let visits = 0;
  const stepping = (original: Method): Method =>
    function step(this: unknown, ...args) {
      visits += 1;
      return Reflect.apply(original, this, args);
    };
  const calling = (original: Method): Method =>
    function call(this: unknown, callback: unknown, ...rest: unknown[]) {
      if (typeof callback !== "function") return Reflect.apply(original, this, [callback, ...rest]);
      const counted = function counted(this: unknown, ...args: unknown[]): unknown {
        visits += 1;
        return Reflect.apply(callback, this, args);
      };
      return Reflect.apply(original, this, [counted, ...rest]);
    };
  const comparing = (original: Method): Method =>
    function compare(this: unknown, ...args) {
      const found = Reflect.apply(original, this, args);
      const length = Array.isArray(this) ? this.length : 0;
      visits += typeof found === "number" && found >= 0 ? found + 1 : length;
      return found;
    };
  const arrays = Array.prototype as unknown as Methods;
  const undo = [
    ...ITERATORS.map((iterator) => replace(iterator, "next", stepping)),
    ...CALLING_BACK.map((name) => replace(arrays, name, calling)),
    ...COMPARING.map((name) => replace(arrays, name, comparing)),
    ...[Map.prototype, Set.prototype].map((whole) => replace(whole as unknown as Methods, "forEach", calling)),
  ];
  try {
    work();
  } finally {
    for (let index = 0; index < undo.length; index += 1) undo[index]?.();
  }
  return visits;
}
