import { terminalContract } from "../../../e2e/terminal/contract.ts";
import { createPtyHost } from "./pty-host.ts";

terminalContract("the embedded host", () => createPtyHost());
