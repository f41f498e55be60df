#!/usr/bin/env node
import { run } from "./cli/run.ts";
import { thisWorld } from "./cli/world.ts";

process.exit(await run(process.argv.slice(2), thisWorld()));
