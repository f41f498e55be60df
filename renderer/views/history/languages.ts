export const languages = [
  "bash",
  "css",
  "go",
  "html",
  "json",
  "python",
  "rust",
  "sql",
  "tsx",
  "typescript",
  "yaml",
] as const;
export type Language = (typeof languages)[number];

/** Other names, as they stand after a code fence or at the end of a file's name. */
const also: Readonly<Record<string, Language>> = {
  cjs: "typescript",
  htm: "html",
  javascript: "tsx",
  js: "tsx",
  jsonc: "json",
  jsx: "tsx",
  mjs: "typescript",
  mts: "typescript",
  py: "python",
  rs: "rust",
  sh: "bash",
  shell: "bash",
  ts: "typescript",
  vue: "html",
  xml: "html",
  yml: "yaml",
  zsh: "bash",
};

/** The language of this name, if it is one that is coloured. */
export function languageOf(name: string): Language | undefined {
  const plain = name.toLowerCase();
  return languages.find((language) => language === plain) ?? (Object.hasOwn(also, plain) ? also[plain] : undefined);
}
