import { parseArgs } from "node:util";
import { type Measure, measures } from "./measures.ts";
import { head, type Row, tell } from "./row.ts";

/** Every measure one after another, a row as soon as it is known; ends with 1 when a gate fails. */
const { only, json } = parseArgs({ options: { only: { type: "string" }, json: { type: "boolean" } } }).values;
const chosen = measures.filter(({ metrics }) => only === undefined || metrics.includes(only));
if (chosen.length === 0) {
  console.error(`There is no ${only}. There are ${measures.flatMap(({ metrics }) => metrics).join(", ")}.`);
  process.exit(2);
}

const rows: Row[] = [];
if (!json) console.log(head);
for (const measure of chosen) {
  const found = (await rowsOf(measure)).filter(({ metric }) => only === undefined || metric === only);
  rows.push(...found);
  if (!json) for (const row of found) console.log(tell(row));
}
if (json) console.log(JSON.stringify(rows, null, 2));
process.exit(rows.every(({ ok }) => ok) ? 0 : 1);

/** A measure that breaks has met none of its gates; the others still run. */
async function rowsOf({ metrics, measure }: Measure): Promise<Row[]> {
  try {
    return await measure();
  } catch (cause) {
    console.error(cause);
    return metrics.map((metric) => ({ metric, value: Number.NaN, gate: "measured", ok: false, note: String(cause) }));
  }
}
