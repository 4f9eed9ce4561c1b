/**
 * Expressions of JunosE macros: numbers, texts in quotes, variables, `param[n]`, and the operators of the macro language (`$` joins
 * texts, `=` compares). They know no file and no command.
 */

export type MacroValue = number | string;

/** What a macro cannot do, in words for its author. */
export class MacroFault extends Error {}

export interface MacroScope {
  readonly variables: Map<string, MacroValue>;
  /** What the macro was called with; the first one is `param[1]`. */
  readonly parameters: readonly MacroValue[];
}

const TOKEN = /\s*(?:(\d+)|"([^"]*)"|([A-Za-z_]\w*)|(:=|\+\+|--|<=|>=|!=|&&|\|\||[-+*/%$=<>!()[\],]))/y;

type Token =
  | { readonly kind: "number" | "text" | "name" | "mark"; readonly text: string }
  | { readonly kind: "end"; readonly text: "" };

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  const end = text.trimEnd().length;
  while (TOKEN.lastIndex < end) {
    const at = TOKEN.lastIndex;
    const found = TOKEN.exec(text);
    if (found === null) throw new MacroFault(`nothing can be made of "${text.slice(at).trim()}"`);
    const [, number, quoted, name, mark] = found;
    if (number !== undefined) tokens.push({ kind: "number", text: number });
    else if (quoted !== undefined) tokens.push({ kind: "text", text: quoted });
    else if (name !== undefined) tokens.push({ kind: "name", text: name });
    else tokens.push({ kind: "mark", text: mark ?? "" });
  }
  return tokens;
}

/** Operators from the loosest to the tightest. */
const LEVELS: readonly Readonly<Record<string, (a: MacroValue, b: MacroValue) => MacroValue>>[] = [
  { "||": (a, b) => Number(isTrue(a) || isTrue(b)) },
  { "&&": (a, b) => Number(isTrue(a) && isTrue(b)) },
  {
    "=": (a, b) => Number(a === b),
    "!=": (a, b) => Number(a !== b),
    "<": (a, b) => Number(a < b),
    "<=": (a, b) => Number(a <= b),
    ">": (a, b) => Number(a > b),
    ">=": (a, b) => Number(a >= b),
  },
  {
    "+": (a, b) => number(a) + number(b),
    "-": (a, b) => number(a) - number(b),
    $: joined,
  },
  {
    "*": (a, b) => number(a) * number(b),
    "/": (a, b) => Math.trunc(number(a) / divisor(b)),
    "%": (a, b) => number(a) % divisor(b),
  },
];

/** Doubled a few times a text would fill the memory. */
const LONGEST = 10_000;

function joined(a: MacroValue, b: MacroValue): string {
  const text = `${a}${b}`;
  if (text.length > LONGEST) throw new MacroFault(`a text has more than ${LONGEST} characters`);
  return text;
}

/** Parentheses and signs within each other. */
const DEPTH = 100;

export function isTrue(value: MacroValue): boolean {
  return value !== 0 && value !== "";
}

function number(value: MacroValue): number {
  if (typeof value === "number") return value;
  throw new MacroFault(`"${value}" is no number`);
}

function divisor(value: MacroValue): number {
  if (number(value) === 0) throw new MacroFault("a number is divided by zero");
  return number(value);
}

/** The value of an expression, or of the assignment that it is (`i := 0`, `i++`); `undefined` = it says nothing. */
export function evaluate(text: string, scope: MacroScope): MacroValue | undefined {
  return new Evaluation(tokensOf(text), scope).statement();
}

class Evaluation {
  readonly #tokens: readonly Token[];
  readonly #scope: MacroScope;
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly Token[], scope: MacroScope) {
    this.#tokens = tokens;
    this.#scope = scope;
  }

  statement(): MacroValue | undefined {
    const [first, second] = this.#tokens;
    if (first?.kind === "name" && second?.kind === "mark") {
      const { variables } = this.#scope;
      if (second.text === ":=") {
        this.#at = 2;
        variables.set(first.text, this.#whole());
        return undefined;
      }
      if (second.text === "++" || second.text === "--") {
        this.#at = 2;
        this.#finish();
        variables.set(first.text, number(this.#variable(first.text)) + (second.text === "++" ? 1 : -1));
        return undefined;
      }
    }
    return this.#whole();
  }

  #whole(): MacroValue {
    const value = this.#binary(0);
    this.#finish();
    return value;
  }

  #finish(): void {
    const rest = this.#peek();
    if (rest.kind !== "end") throw new MacroFault(`"${rest.text}" stands where nothing may follow`);
  }

  #binary(level: number): MacroValue {
    const operators = LEVELS[level];
    if (operators === undefined) return this.#unary();
    let value = this.#binary(level + 1);
    for (;;) {
      const mark = this.#peek();
      const operator = mark.kind === "mark" && Object.hasOwn(operators, mark.text) ? operators[mark.text] : undefined;
      if (operator === undefined) return value;
      this.#at += 1;
      value = operator(value, this.#binary(level + 1));
    }
  }

  #unary(): MacroValue {
    this.#depth += 1;
    if (this.#depth > DEPTH) throw new MacroFault("an expression is too deep");
    const value = this.#operand();
    this.#depth -= 1;
    return value;
  }

  #operand(): MacroValue {
    const token = this.#take();
    if (token.kind === "number") return Number(token.text);
    if (token.kind === "text") return token.text;
    if (token.kind === "name") return token.text === "param" ? this.#parameter() : this.#variable(token.text);
    if (token.text === "!") return Number(!isTrue(this.#unary()));
    if (token.text === "-") return -number(this.#unary());
    if (token.text !== "(")
      throw new MacroFault(token.kind === "end" ? "a value is missing" : `"${token.text}" is no value`);
    const inner = this.#binary(0);
    this.#close(")");
    return inner;
  }

  /** `param[1]` is the first; `param[0]` tells how many there are. */
  #parameter(): MacroValue {
    this.#close("[");
    const index = number(this.#binary(0));
    this.#close("]");
    const { parameters } = this.#scope;
    if (index === 0) return parameters.length;
    const value = parameters[index - 1];
    if (value === undefined) throw new MacroFault(`there is no param[${index}]`);
    return value;
  }

  #variable(name: string): MacroValue {
    const value = this.#scope.variables.get(name);
    if (value === undefined) throw new MacroFault(`${name} has no value`);
    return value;
  }

  #close(mark: string): void {
    if (this.#take().text !== mark) throw new MacroFault(`"${mark}" is missing`);
  }

  #peek(): Token {
    return this.#tokens[this.#at] ?? { kind: "end", text: "" };
  }

  #take(): Token {
    const token = this.#peek();
    this.#at += 1;
    return token;
  }
}
