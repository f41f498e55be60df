import { measureIdle } from "./house-idle.ts";
import { measureSpawn } from "./house-spawn.ts";
import { measureWait } from "./house-wait.ts";
import { measureToolRtt } from "./http-rtt.ts";
import { measurePanel } from "./panel-frames.ts";
import { measurePanelPushes } from "./panel-pushes.ts";
import { measurePanelSize } from "./panel-size.ts";
import type { Row } from "./row.ts";
import { measureTerminalFeed } from "./terminal-feed.ts";
import { measureTerminalIterm2 } from "./terminal-iterm2.ts";
import { measureTerminalLossless } from "./terminal-lossless.ts";
import { measureTerminalTmux } from "./terminal-tmux.ts";
import { measureBytes } from "./transcript-bytes.ts";
import { measureOpen } from "./transcript-open.ts";
import { measureTail } from "./transcript-tail.ts";

export interface Measure {
  /** The rows it makes; docs/benchmarks.md says what each means. */
  readonly metrics: readonly string[];
  measure(): Promise<Row[]>;
}

export const measures: readonly Measure[] = [
  { metrics: ["tail.p50", "tail.p99", "tail.lost", "tail.size"], measure: measureTail },
  { metrics: ["open.last", "open.flat", "loop.block", "scan.500"], measure: measureOpen },
  { metrics: ["bytes.once"], measure: measureBytes },
  { metrics: ["tool.rtt"], measure: measureToolRtt },
  { metrics: ["wait.done", "wait.p99"], measure: measureWait },
  { metrics: ["spawn.extra", "link.turns"], measure: measureSpawn },
  { metrics: ["idle.cpu", "list.50", "mem.worker"], measure: measureIdle },
  { metrics: ["term.feed", "feed.tmux"], measure: measureTerminalFeed },
  { metrics: ["term.lossless"], measure: measureTerminalLossless },
  { metrics: ["rtt.iterm2", "screens.iterm2", "start.iterm2"], measure: measureTerminalIterm2 },
  { metrics: ["screens.50", "screens.peer", "screens.full", "start.tmux", "idle.tmux"], measure: measureTerminalTmux },
  {
    metrics: ["panel.scroll", "panel.type", "panel.live", "panel.task", "panel.show", "panel.hidden", "panel.raster"],
    measure: measurePanel,
  },
  { metrics: ["panel.pushes"], measure: measurePanelPushes },
  { metrics: ["panel.size"], measure: measurePanelSize },
];
