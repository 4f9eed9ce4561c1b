/** What a configuration asks for and cannot have, collected while it is compiled. */
export class Warnings {
  readonly texts: string[] = [];

  add(where: string, what: string): void {
    this.texts.push(`${where}: ${what}`);
  }
}
