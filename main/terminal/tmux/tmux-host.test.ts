import { randomBytes } from "node:crypto";
import { terminalContract } from "../../../e2e/terminal/contract.ts";
import { createTmuxHost } from "./tmux-host.ts";

terminalContract("tmux", () => createTmuxHost({ socket: `claude-team-test-${randomBytes(4).toString("hex")}` }));
