/**
 * The Chevrotain grammar of a mode, generated from its trie: one rule for each node, one alternative for each word that
 * may come there, so one token of lookahead always decides. It is built when a mode is first entered.
 */

import {
  createToken,
  EMPTY_ALT,
  EmbeddedActionsParser,
  type IToken,
  Lexer,
  type ParserMethod,
  type TokenType,
} from "chevrotain";
import type { ResolvedWord } from "./resolver.ts";
import { allNodes, type TrieNode } from "./trie.ts";

/** What a rule answers: the node in which the line ended. */
type NodeRule = ParserMethod<[], number>;

export class CommandParser<Command> extends EmbeddedActionsParser {
  readonly #tokens: ReadonlyMap<string, TokenType>;
  readonly #start: NodeRule;
  readonly #nodes: ReadonlyMap<number, TrieNode<Command>>;

  /**
   * `anywhere`: a line may end in every node, as `no` with the start of a command does. `validate` checks the grammar
   * for ambiguities; tests do, the shell need not.
   */
  constructor(root: TrieNode<Command>, options: { readonly anywhere: boolean; readonly validate: boolean }) {
    const nodes = allNodes(root);
    const tokens = tokensOf(nodes);
    super([...tokens.values()], { maxLookahead: 1, recoveryEnabled: false, skipValidations: !options.validate });
    this.#tokens = tokens;
    this.#nodes = new Map(nodes.map((node) => [node.index, node]));
    const rules = new Map<TrieNode<Command>, NodeRule>();
    // Children first: a rule refers to the rules of the nodes behind it, and the graph has no cycles.
    const define = (node: TrieNode<Command>): NodeRule => {
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

  /** The node in which these words end, or `undefined` when no command is complete there. */
  parse(words: readonly ResolvedWord[]): TrieNode<Command> | undefined {
    this.input = words.map((word) => tokenOf(word, this.#tokens));
    const index: number | undefined = this.#start.call(this);
    if (this.errors.length > 0 || index === undefined) return undefined;
    return this.#nodes.get(index);
  }

  #define(node: TrieNode<Command>, children: readonly NodeRule[], mayEnd: boolean): NodeRule {
    const ways = node.branches.map((branch, index) => ({
      token: this.#tokens.get(tokenName(branch.label, branch.types !== undefined)) as TokenType,
      child: children[index] as NodeRule,
      // Several words may lead to one place; Chevrotain wants each call of the same rule numbered.
      call: node.branches.slice(0, index).filter((other) => other.to === branch.to).length,
    }));
    return this.RULE(`node${node.index}`, () => {
      const alternatives = ways.map(({ token, child, call }) => ({
        ALT: (): number => {
          this.CONSUME(token);
          return this.subrule(call, child);
        },
      }));
      return this.OR(mayEnd ? [...alternatives, { ALT: EMPTY_ALT(node.index) }] : alternatives);
    });
  }
}

function tokenName(label: string, isValue: boolean): string {
  return isValue ? `value ${label}` : `word ${label}`;
}

function tokensOf(nodes: readonly TrieNode<unknown>[]): Map<string, TokenType> {
  const tokens = new Map<string, TokenType>();
  for (const node of nodes) {
    for (const branch of node.branches) {
      const name = tokenName(branch.label, branch.types !== undefined);
      if (!tokens.has(name)) tokens.set(name, createToken({ name, pattern: Lexer.NA }));
    }
  }
  return tokens;
}

function tokenOf(word: ResolvedWord, tokens: ReadonlyMap<string, TokenType>): IToken {
  const tokenType = tokens.get(tokenName(word.label, word.type !== undefined)) as TokenType;
  return {
    image: word.text,
    startOffset: word.at,
    endOffset: word.at + word.text.length - 1,
    tokenType,
    tokenTypeIdx: tokenType.tokenTypeIdx ?? 0,
  };
}
