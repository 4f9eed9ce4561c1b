/**
 * The Chevrotain grammar of a command, generated from the graph of its form: one alternative for each word that may come in a
 * node, so one token of lookahead always decides. It is built when a line of the command is first read, and shared by all modes
 * and sessions: a configuration uses few of the commands there are. Nodes that are reached in one way are part of the rule that
 * leads to them, because rules are what a grammar costs; a command without choices is a single one.
 */

import {
  createToken,
  EMPTY_ALT,
  EmbeddedActionsParser,
  type ILookaheadStrategy,
  type IOrAlt,
  type IToken,
  Lexer,
  LLkLookaheadStrategy,
  type ParserMethod,
  type TokenType,
} from "chevrotain";
import type { Element } from "./elements.ts";
import type { ResolvedWord } from "./resolver.ts";
import { allNodes, type TrieNode, trieOf } from "./trie.ts";

type NodeRule = ParserMethod<[], true>;

/** How Chevrotain learns a grammar, which its types leave out: it runs each rule once and notes the calls. */
interface Recorder {
  RECORDING_PHASE: boolean;
  consumeInternalRecord(token: TokenType, index: number): void;
  subruleInternalRecord(rule: NodeRule, index: number): true;
  orInternalRecord(alternatives: IOrAlt<true>[], index: number): true;
}

/** Equal words of different commands are one token, so that tokens are made once in a process. */
const wordTokens = new Map<string, TokenType>();
const valueTokens = new Map<string, TokenType>();

/** A part of a rule: called once to note what it reads, and then for every line. */
type Step = () => void;

/** How often each word, choice or rule was called in a rule so far; Chevrotain wants each of those calls numbered. */
class Calls {
  readonly rule: string;
  readonly #numbers = new Map<unknown, number>();
  nodes = 0;

  constructor(rule: string) {
    this.rule = rule;
  }

  next(called: unknown): number {
    const number = this.#numbers.get(called) ?? 0;
    this.#numbers.set(called, number + 1);
    return number;
  }
}

/** Chevrotain counts calls up to 255. */
const MOST_NODES = 200;

type Alternation = Parameters<ILookaheadStrategy["buildLookaheadForAlternation"]>[0];

/**
 * Which alternative comes next. The graph knows it when a choice is made; by itself Chevrotain finds it out again from what it
 * noted, which is a third of what a parser costs. What it validates stays its own.
 */
class KnownChoices extends LLkLookaheadStrategy {
  readonly #decide = new Map<string, () => number | undefined>();

  /** `rule`: the name of one; `number`: of the choice in it; `decide`: the place of an alternative, `undefined` for none. */
  set(rule: string, number: number, decide: () => number | undefined): void {
    this.#decide.set(`${rule} ${number}`, decide);
  }

  override buildLookaheadForAlternation(choice: Alternation): () => number | undefined {
    const known = this.#decide.get(`${choice.rule.name} ${choice.prodOccurrence}`);
    return known ?? super.buildLookaheadForAlternation(choice);
  }
}

export class CommandParser extends EmbeddedActionsParser {
  readonly #start: NodeRule;
  readonly #anywhere: boolean;
  readonly #choices: KnownChoices;
  /** Nodes that several words lead to. */
  readonly #shared: ReadonlySet<TrieNode<unknown>>;
  readonly #rules = new Map<TrieNode<unknown>, NodeRule>();

  /**
   * `anywhere`: a line may end in every node, as `no` with the start of a command does. `validate` checks the grammar
   * for ambiguities; tests do, the shell need not.
   */
  constructor(form: readonly Element[], options: { readonly anywhere: boolean; readonly validate: boolean }) {
    const root = trieOf([{ form }]);
    const nodes = allNodes(root);
    const choices = new KnownChoices({ maxLookahead: 1 });
    super(tokensOf(nodes), {
      maxLookahead: 1,
      lookaheadStrategy: choices,
      recoveryEnabled: false,
      skipValidations: !options.validate,
    });
    this.#choices = choices;
    this.#anywhere = options.anywhere;
    this.#shared = sharedAmong(nodes);
    this.#start = this.#ruleOf(root);
    this.performSelfAnalysis();
  }

  /** Whether these words are a line of the command. */
  reads(words: readonly ResolvedWord[]): boolean {
    this.input = words.map(tokenOf);
    const read: boolean | undefined = this.#start.call(this);
    return read === true && this.errors.length === 0;
  }

  /** Rules that it refers to are made before it; the graph has no cycles. */
  #ruleOf(node: TrieNode<unknown>): NodeRule {
    const known = this.#rules.get(node);
    if (known !== undefined) return known;
    const name = `node${node.index}`;
    const step = this.#stepOf(node, new Calls(name));
    const rule = this.RULE(name, () => {
      step();
      return true as const;
    });
    this.#rules.set(node, rule);
    return rule;
  }

  #stepOf(node: TrieNode<unknown>, calls: Calls): Step {
    calls.nodes += 1;
    const mayEnd = this.#anywhere || node.complete.length > 0;
    const places = new Map<number | undefined, number>();
    const alternatives = node.branches.map((branch, place): { readonly ALT: () => true } => {
      const token = tokenFor(branch.label, branch.types !== undefined);
      places.set(token.tokenTypeIdx, place);
      const number = calls.next(token);
      const goOn = this.#towards(branch.to, calls);
      return {
        ALT: () => {
          this.#take(number, token);
          goOn();
          return true;
        },
      };
    });
    const [only] = alternatives;
    if (only === undefined) return () => undefined;
    if (alternatives.length === 1 && !mayEnd) return only.ALT;
    const otherwise = mayEnd ? alternatives.push({ ALT: EMPTY_ALT<true>(true) }) - 1 : undefined;
    const number = calls.next("or");
    this.#choices.set(calls.rule, number, () => places.get(this.LA(1).tokenTypeIdx) ?? otherwise);
    return () => this.#oneOf(number, alternatives);
  }

  #towards(node: TrieNode<unknown>, calls: Calls): Step {
    if (!this.#shared.has(node) && calls.nodes < MOST_NODES) return this.#stepOf(node, calls);
    const rule = this.#ruleOf(node);
    const number = calls.next(rule);
    return () => this.#goOn(number, rule);
  }

  // By itself Chevrotain gives every parser eighty methods to note calls with and takes them away again, which costs ten
  // times the rest where a grammar is as small as a command. These three words need only the switch.
  get #recorder(): Recorder {
    return this as unknown as Recorder;
  }

  protected enableRecording(): void {
    this.#recorder.RECORDING_PHASE = true;
  }

  protected disableRecording(): void {
    this.#recorder.RECORDING_PHASE = false;
  }

  #take(number: number, token: TokenType): void {
    if (this.RECORDING_PHASE) this.#recorder.consumeInternalRecord(token, number);
    else this.consume(number, token);
  }

  #goOn(number: number, rule: NodeRule): void {
    if (this.RECORDING_PHASE) this.#recorder.subruleInternalRecord(rule, number);
    else this.subrule(number, rule);
  }

  #oneOf(number: number, alternatives: IOrAlt<true>[]): void {
    if (this.RECORDING_PHASE) this.#recorder.orInternalRecord(alternatives, number);
    else this.or(number, alternatives);
  }
}

function sharedAmong(nodes: readonly TrieNode<unknown>[]): ReadonlySet<TrieNode<unknown>> {
  const once = new Set<TrieNode<unknown>>();
  const shared = new Set<TrieNode<unknown>>();
  for (const node of nodes) for (const { to } of node.branches) (once.has(to) ? shared : once).add(to);
  return shared;
}

const plain = new WeakMap<readonly Element[], CommandParser>();
const started = new WeakMap<readonly Element[], CommandParser>();

/** The parser of a form, or of every start of it. */
export function parserOf(form: readonly Element[], options: { readonly anywhere: boolean }): CommandParser {
  const known = options.anywhere ? started : plain;
  let parser = known.get(form);
  if (parser === undefined) {
    parser = new CommandParser(form, { ...options, validate: false });
    known.set(form, parser);
  }
  return parser;
}

function tokensOf(nodes: readonly TrieNode<unknown>[]): TokenType[] {
  const used = nodes.flatMap((node) => node.branches.map(({ label, types }) => tokenFor(label, types !== undefined)));
  return [...new Set(used)];
}

function tokenFor(label: string, isValue: boolean): TokenType {
  const tokens = isValue ? valueTokens : wordTokens;
  let token = tokens.get(label);
  if (token === undefined) {
    token = createToken({ name: `${isValue ? "value" : "word"} ${label}`, pattern: Lexer.NA });
    tokens.set(label, token);
  }
  return token;
}

function tokenOf(word: ResolvedWord): IToken {
  const tokenType = tokenFor(word.label, word.type !== undefined);
  return {
    image: word.text,
    startOffset: word.at,
    endOffset: word.at + word.text.length - 1,
    tokenType,
    tokenTypeIdx: tokenType.tokenTypeIdx ?? 0,
  };
}
