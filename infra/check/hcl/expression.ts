/** Terraform's expressions: what is between `${` and `}`, read into a tree. */

export type Expression =
  | { kind: 'literal'; value: string | number | boolean | null }
  /** Text with expressions in it. */
  | { kind: 'template'; parts: Expression[] }
  | { kind: 'name'; name: string }
  | { kind: 'attribute'; of: Expression; name: string }
  | { kind: 'index'; of: Expression; key: Expression }
  /** `of[*]`: what follows is of each. */
  | { kind: 'splat'; of: Expression }
  | { kind: 'call'; name: string; args: Expression[] }
  | { kind: 'tuple'; items: Expression[] }
  | { kind: 'object'; entries: [key: Expression, value: Expression][] }
  | ForExpression
  | { kind: 'unary'; operator: string; of: Expression }
  | { kind: 'binary'; operator: string; left: Expression; right: Expression }
  | { kind: 'conditional'; condition: Expression; yes: Expression; no: Expression };

export interface ForExpression {
  kind: 'for';
  /** Names of the key, if it has one, and of the value. */
  names: string[];
  of: Expression;
  /** Of an object's entries; none in a list. */
  key?: Expression;
  value: Expression;
  condition?: Expression;
}

/** Binding the least first. */
const precedence = [['||'], ['&&'], ['==', '!='], ['<=', '>=', '<', '>'], ['+', '-'], ['*', '/', '%']];

/** @throws Error that says where the expression cannot be read */
export function parseExpression(text: string): Expression {
  const reader = new Reader(text);
  const expression = reader.expression();
  reader.end();
  return expression;
}

/** Text as the parser of files tells it: `${…}` in it are expressions. */
export function parseTemplate(text: string): Expression {
  return new Reader(text).template(false);
}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  end(): void {
    this.#space();
    if (this.#at < this.#text.length) this.#fail('an end');
  }

  /**
   * Text and the expressions in it, to the closing quote or, where there are no quotes, to the end. Without quotes there
   * are no escapes either: the parser of files has undone them.
   */
  template(isQuoted: boolean): Expression {
    const parts: Expression[] = [];
    let literal = '';
    const flush = () => {
      if (literal !== '') parts.push({ kind: 'literal', value: literal });
      literal = '';
    };
    for (;;) {
      const rest = this.#rest;
      if (rest === '' && isQuoted) this.#fail('a closing quote');
      if (rest === '' || (isQuoted && rest.startsWith('"'))) break;
      if (rest.startsWith('$${')) {
        literal += '${';
        this.#at += 3;
      } else if (rest.startsWith('${')) {
        this.#at += 2;
        flush();
        parts.push(this.expression());
        this.#expect('}');
      } else if (isQuoted && rest.startsWith('\\')) {
        literal += JSON.parse(`"${rest.slice(0, 2)}"`) as string;
        this.#at += 2;
      } else {
        literal += rest[0];
        this.#at++;
      }
    }
    flush();
    const [only, more] = parts;
    if (only === undefined) return { kind: 'literal', value: '' };
    return more === undefined && (!isQuoted || only.kind === 'literal') ? only : { kind: 'template', parts };
  }

  expression(): Expression {
    const condition = this.#binary(0);
    if (!this.#take('?')) return condition;
    const yes = this.expression();
    this.#expect(':');
    return { kind: 'conditional', condition, yes, no: this.expression() };
  }

  #binary(level: number): Expression {
    const operators = precedence[level];
    if (!operators) return this.#unary();
    let left = this.#binary(level + 1);
    for (;;) {
      const operator = operators.find((each) => this.#take(each));
      if (operator === undefined) return left;
      left = { kind: 'binary', operator, left, right: this.#binary(level + 1) };
    }
  }

  #unary(): Expression {
    for (const operator of ['!', '-']) {
      if (this.#take(operator)) return { kind: 'unary', operator, of: this.#unary() };
    }
    return this.#postfix(this.#primary());
  }

  #postfix(of: Expression): Expression {
    if (this.#rest.startsWith('...')) return of;
    if (this.#take('[*]') || this.#take('.*')) return this.#postfix({ kind: 'splat', of });
    if (this.#take('[')) {
      const key = this.expression();
      this.#expect(']');
      return this.#postfix({ kind: 'index', of, key });
    }
    if (/^\s*\.\s*[A-Za-z_]/.test(this.#rest) && this.#take('.')) {
      return this.#postfix({ kind: 'attribute', of, name: this.#name() });
    }
    return of;
  }

  #primary(): Expression {
    this.#space();
    if (this.#take('(')) {
      const inner = this.expression();
      this.#expect(')');
      return inner;
    }
    if (this.#take('[')) return this.#isFor() ? this.#for(']') : { kind: 'tuple', items: this.#list(']') };
    if (this.#take('{')) return this.#isFor() ? this.#for('}') : this.#object();
    if (this.#take('"')) {
      const text = this.template(true);
      this.#at++;
      return text;
    }
    const [number] = this.#match(/^\d+(\.\d+)?([eE][+-]?\d+)?/);
    if (number !== undefined) return { kind: 'literal', value: Number(number) };
    const name = this.#name();
    if (name === 'true' || name === 'false') return { kind: 'literal', value: name === 'true' };
    if (name === 'null') return { kind: 'literal', value: null };
    if (this.#take('(')) return { kind: 'call', name, args: this.#list(')') };
    return { kind: 'name', name };
  }

  #list(end: string): Expression[] {
    const items: Expression[] = [];
    while (!this.#take(end)) {
      items.push(this.expression());
      // `f(list...)`
      this.#take('...');
      if (!this.#take(',')) {
        this.#expect(end);
        break;
      }
    }
    return items;
  }

  #object(): Expression {
    const entries: [Expression, Expression][] = [];
    while (!this.#take('}')) {
      this.#space();
      const name = this.#rest.match(/^([A-Za-z_][\w-]*)\s*[=:]/)?.[1];
      const key: Expression =
        name === undefined ? this.expression() : { kind: 'literal', value: this.#name() };
      if (!this.#take('=')) this.#expect(':');
      entries.push([key, this.expression()]);
      this.#take(',');
    }
    return { kind: 'object', entries };
  }

  #isFor(): boolean {
    this.#space();
    return this.#match(/^for\s/).length > 0;
  }

  #for(end: ']' | '}'): ForExpression {
    const names = [this.#name()];
    if (this.#take(',')) names.push(this.#name());
    if (this.#name() !== 'in') this.#fail('"in"');
    const of = this.expression();
    this.#expect(':');
    const first = this.expression();
    const value = this.#take('=>') ? this.expression() : undefined;
    this.#take('...');
    this.#space();
    const hasCondition = this.#match(/^if\s/).length > 0;
    const condition = hasCondition ? this.expression() : undefined;
    this.#expect(end);
    return {
      ...{ kind: 'for', names, of, value: value ?? first },
      ...(value !== undefined && { key: first }),
      ...(condition !== undefined && { condition }),
    };
  }

  #name(): string {
    this.#space();
    const [name] = this.#match(/^[A-Za-z_][\w-]*/);
    return name ?? this.#fail('a name');
  }

  get #rest(): string {
    return this.#text.slice(this.#at);
  }

  #space(): void {
    // Comments are kept in what the parser of files gives.
    this.#match(/^(\s|(#|\/\/)[^\n]*|\/\*.*?\*\/)+/s);
  }

  #match(pattern: RegExp): string[] {
    const found = this.#rest.match(pattern);
    if (!found) return [];
    this.#at += found[0].length;
    return [...found];
  }

  /** Takes this sign if it comes next, but not the beginning of a longer one. */
  #take(sign: string): boolean {
    const before = this.#at;
    this.#space();
    const longer = ['=', '!', '<', '>'].includes(sign) && this.#rest[1] === '=';
    if (this.#rest.startsWith(sign) && !longer && !(sign === '=' && this.#rest[1] === '>')) {
      this.#at += sign.length;
      return true;
    }
    this.#at = before;
    return false;
  }

  #expect(sign: string): void {
    if (!this.#take(sign)) this.#fail(`"${sign}"`);
  }

  #fail(wanted: string): never {
    throw new Error(`${wanted} is missing at "${this.#rest.slice(0, 30)}" of "${this.#text}"`);
  }
}
