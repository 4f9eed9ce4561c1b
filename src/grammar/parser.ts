/**
 * The Chevrotain grammar of a command, generated from the graph of its form: one rule for each node, one alternative for
 * each word that may come there, so one token of lookahead always decides. It is built when a line of the command is first
 * read, and shared by all modes and sessions: a configuration uses few of the commands there are.
 */

import {
  createToken,
  EMPTY_ALT,
  EmbeddedActionsParser,
  type IOrAlt,
  type IToken,
  Lexer,
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

export class CommandParser extends EmbeddedActionsParser {
  readonly #start: NodeRule;

  /**
   * `anywhere`: a line may end in every node, as `no` with the start of a command does. `validate` checks the grammar
   * for ambiguities; tests do, the shell need not.
   */
  constructor(form: readonly Element[], options: { readonly anywhere: boolean; readonly validate: boolean }) {
    const root = trieOf([{ form }]);
    super(tokensOf(allNodes(root)), { maxLookahead: 1, recoveryEnabled: false, skipValidations: !options.validate });
    const rules = new Map<TrieNode<unknown>, NodeRule>();
    // Children first: a rule refers to the rules of the nodes behind it, and the graph has no cycles.
    const define = (node: TrieNode<unknown>): NodeRule => {
      const known = rules.get(node);
      if (known !== undefined) return known;
      const children = node.branches.map((branch) => define(branch.to));
      const rule = this.#define(node, children, options.anywhere || node.complete.length > 0);
      rules.set(node, rule);
      return rule;
    };
    this.#start = define(root);
    this.performSelfAnalysis();
  }

  /** Whether these words are a line of the command. */
  reads(words: readonly ResolvedWord[]): boolean {
    this.input = words.map(tokenOf);
    const read: boolean | undefined = this.#start.call(this);
    return read === true && this.errors.length === 0;
  }

  #define(node: TrieNode<unknown>, children: readonly NodeRule[], mayEnd: boolean): NodeRule {
    const alternatives = node.branches.map((branch, index): IOrAlt<true> => {
      const token = tokenFor(branch.label, branch.types !== undefined);
      const child = children[index] as NodeRule;
      // Several words may lead to one place; Chevrotain wants each call of the same rule numbered.
      const call = node.branches.slice(0, index).filter((other) => other.to === branch.to).length;
      return {
        ALT: () => {
          this.#take(token);
          return this.#goOn(call, child);
        },
      };
    });
    if (mayEnd) alternatives.push({ ALT: EMPTY_ALT<true>(true) });
    return this.RULE(`node${node.index}`, () => this.#oneOf(alternatives));
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

  #take(token: TokenType): void {
    if (this.RECORDING_PHASE) this.#recorder.consumeInternalRecord(token, 0);
    else this.consume(0, token);
  }

  #goOn(call: number, rule: NodeRule): true {
    return this.RECORDING_PHASE ? this.#recorder.subruleInternalRecord(rule, call) : this.subrule(call, rule);
  }

  #oneOf(alternatives: IOrAlt<true>[]): true {
    return this.RECORDING_PHASE ? this.#recorder.orInternalRecord(alternatives, 0) : this.or(0, alternatives);
  }
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
