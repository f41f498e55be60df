import { createCssVariablesTheme, createHighlighterCore, type LanguageInput } from "shiki/core";
import { createJavaScriptRegexEngine } from "shiki/engine/javascript";
import type { Asked, Coloured, ColouredLines } from "./highlight.ts";
import { type Language, languages } from "./languages.ts";

/** Runs in a worker of its own: however long a grammar takes, the page goes on. */

const load: Record<Language, LanguageInput> = {
  bash: () => import("shiki/langs/bash.mjs"),
  css: () => import("shiki/langs/css.mjs"),
  go: () => import("shiki/langs/go.mjs"),
  html: () => import("shiki/langs/html.mjs"),
  json: () => import("shiki/langs/json.mjs"),
  python: () => import("shiki/langs/python.mjs"),
  rust: () => import("shiki/langs/rust.mjs"),
  sql: () => import("shiki/langs/sql.mjs"),
  tsx: () => import("shiki/langs/tsx.mjs"),
  typescript: () => import("shiki/langs/typescript.mjs"),
  yaml: () => import("shiki/langs/yaml.mjs"),
};

/** A line beyond them stays in one colour. The first one takes long, since its grammar is compiled. */
const limits = { tokenizeMaxLineLength: 2000, tokenizeTimeLimit: 3000 };
const theme = "panel";
const prefix = "--code-";
const highlighter = createHighlighterCore({
  engine: createJavaScriptRegexEngine({ forgiving: true }),
  themes: [createCssVariablesTheme({ name: theme, variablePrefix: prefix })],
  langs: [],
});

addEventListener("message", ({ data }: MessageEvent<Asked>) => {
  void colour(data).then((lines) => postMessage({ id: data.id, lines } satisfies Coloured));
});

async function colour({ language, code }: Asked): Promise<ColouredLines | null> {
  if (!languages.includes(language)) return null;
  try {
    const shiki = await highlighter;
    await shiki.loadLanguage(load[language]);
    const lines = shiki.codeToTokensBase(code, { lang: language, theme, ...limits });
    return lines.map((tokens) => tokens.map(({ content, color }) => [content, kindOf(color)] as const));
  } catch {
    // A grammar that fails leaves the code in one colour, which is how it stands there already.
    return null;
  }
}

/** `var(--code-token-keyword)` → `keyword`; text in the usual colour has no kind. */
const kindOf = (color = ""): string => /^var\(--code-token-([\w-]+)\)$/.exec(color)?.[1] ?? "";
