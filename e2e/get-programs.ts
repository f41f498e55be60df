import { installByApt, mayInstall, onPath } from "./programs.ts";

/** What the tests run, and the package it is in. Without tmux its tests are skipped, and say so. */
const packages = { curl: "curl", git: "git", ps: "procps", tmux: "tmux" } as const;
type Program = keyof typeof packages;

const lacking = () => (Object.keys(packages) as Program[]).filter((program) => !onPath(program));
const packagesOf = (programs: readonly Program[]) => programs.map((program) => packages[program]);

if (lacking().length > 0 && mayInstall()) {
  const wanted = packagesOf(lacking());
  process.stdout.write(`installing Debian's ${wanted.join(", ")} (apt-get, once)\n`);
  await installByApt(...wanted);
}

const missing = lacking();
if (missing.length > 0) {
  const ways = `sudo apt-get install ${packagesOf(missing).join(" ")}, or on macOS brew install ${packagesOf(missing).join(" ")}`;
  process.stderr.write(`The tests need ${missing.join(", ")}. Install what is missing (${ways}) and repeat.\n`);
  const isFatal = process.env.CI !== undefined || missing.some((program) => program !== "tmux");
  process.exitCode = isFatal ? 1 : 0;
}
