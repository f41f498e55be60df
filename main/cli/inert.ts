/** Text of others for a person's terminal: on one line, and without anything a terminal would obey. */
export const oneLine = (text: string): string => inert(text).replace(/\s+/g, " ").trim();

/** The same, line by line. */
export const inert = (text: string): string =>
  text.replace(/\t/g, "    ").replace(/[^\P{Cc}\n]|\p{Bidi_Control}/gu, "");
