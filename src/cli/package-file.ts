/** Files that come with `lnsh`, wherever it runs from: the sources and the build lie equally deep. */

export function packageFile(path: string): URL {
  return new URL(`../../${path}`, import.meta.url);
}
