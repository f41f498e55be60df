#!/usr/bin/env node
import { run } from "./cli/run.ts";
import { allWritten, thisWorld } from "./cli/world.ts";

const code = await run(process.argv.slice(2), thisWorld());
await allWritten();
process.exit(code);
