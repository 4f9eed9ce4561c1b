/** What `help` says of `?`, in two paragraphs. */

export const HELP = [
  "A question mark asks for help wherever you are in a line. Nothing comes back when nothing fits;",
  "take words away from the end until something does.",
  "Behind a blank ('show ?') it lists what may come next, with a word about each.",
  "Glued to a word ('show pr?') it lists the words that begin so.",
  "",
];
