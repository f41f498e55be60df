/** A pane, or several side by side (`vertical`: the dividers are) or one above the other. `weight`: its share of the parent. */
export type Node<Pane> = Leaf<Pane> | Split<Pane>;
export interface Leaf<Pane> {
  readonly is: "pane";
  pane: Pane;
  weight: number;
}
export interface Split<Pane> {
  readonly is: "split";
  vertical: boolean;
  children: Node<Pane>[];
  weight: number;
}
export interface Area {
  readonly col: number;
  readonly row: number;
  readonly cols: number;
  readonly rows: number;
}

const leaf = <Pane>(pane: Pane): Leaf<Pane> => ({ is: "pane", pane, weight: 1 });

/** The root of a tab is always a split, also for one pane. */
export const rootOf = <Pane>(pane: Pane): Split<Pane> => ({
  is: "split",
  vertical: false,
  children: [leaf(pane)],
  weight: 1,
});

/** Its panes, left to right and top to bottom. */
export const panesOf = <Pane>(node: Node<Pane>): Pane[] =>
  node.is === "pane" ? [node.pane] : node.children.flatMap(panesOf);

function parentOf<Pane>(split: Split<Pane>, pane: Pane): { parent: Split<Pane>; at: number } | undefined {
  const at = split.children.findIndex((child) => child.is === "pane" && child.pane === pane);
  if (at >= 0) return { parent: split, at };
  for (const child of split.children) {
    const found = child.is === "split" ? parentOf(child, pane) : undefined;
    if (found) return found;
  }
  return undefined;
}

/** Puts a new pane beside `target`. It gets the target's size first, then all siblings are scaled to fit. */
export function insert<Pane>(
  root: Split<Pane>,
  target: Pane,
  pane: Pane,
  how: { vertical: boolean; before: boolean },
): void {
  const place = parentOf(root, target);
  if (!place) return;
  const { parent, at } = place;
  const old = parent.children[at];
  if (!old) return;
  if (parent.children.length === 1) parent.vertical = how.vertical;
  if (parent.vertical === how.vertical) {
    parent.children.splice(how.before ? at : at + 1, 0, { ...leaf(pane), weight: old.weight });
    return;
  }
  const pair = [{ ...old, weight: 1 }, leaf(pane)];
  parent.children[at] = {
    is: "split",
    vertical: how.vertical,
    children: how.before ? pair.reverse() : pair,
    weight: old.weight,
  };
}

/** Takes a pane out; returns the one that becomes active after it (the one before, else after), undefined when none is left. */
export function remove<Pane>(root: Split<Pane>, pane: Pane): Pane | undefined {
  const panes = panesOf(root);
  const at = panes.indexOf(pane);
  const place = parentOf(root, pane);
  place?.parent.children.splice(place.at, 1);
  collapse(root);
  return panes[at - 1] ?? panes[at + 1];
}

/** A split with one child is no split: the child takes its place. */
function collapse<Pane>(split: Split<Pane>): void {
  split.children = split.children.flatMap((child): Node<Pane>[] => {
    if (child.is === "pane") return [child];
    collapse(child);
    const [only, second] = child.children;
    if (!only) return [];
    return second ? [child] : [{ ...only, weight: child.weight }];
  });
  const [only, second] = split.children;
  if (only?.is === "split" && !second) Object.assign(split, { vertical: only.vertical, children: only.children });
}

export function replace<Pane>(root: Split<Pane>, old: Pane, pane: Pane): void {
  const place = parentOf(root, old);
  const found = place?.parent.children[place.at];
  if (found?.is === "pane") found.pane = pane;
}

/** Where each pane stands in a grid of this size; one cell between neighbours is their divider. */
export function areasOf<Pane>(node: Node<Pane>, area: Area, into = new Map<Pane, Area>()): Map<Pane, Area> {
  if (node.is === "pane") return into.set(node.pane, area);
  const total = node.children.reduce((sum, { weight }) => sum + weight, 0);
  const free = (node.vertical ? area.cols : area.rows) - (node.children.length - 1);
  let before = 0;
  let start = 0;
  for (const [index, child] of node.children.entries()) {
    before += child.weight;
    const end = Math.round((free * before) / total);
    const at = start + index;
    const part = node.vertical
      ? { ...area, col: area.col + at, cols: end - start }
      : { ...area, row: area.row + at, rows: end - start };
    areasOf(child, part, into);
    start = end;
  }
  return into;
}

/** Gives one pane another extent along one axis: its weight and that of its ancestors grow with it. */
export function grow<Pane>(
  node: Node<Pane>,
  pane: Pane,
  vertical: boolean,
  areas: Map<Pane, Area>,
  delta: number,
): void {
  if (node.is === "pane") return;
  for (const child of node.children) {
    if (node.vertical === vertical) child.weight = extentOf(child, vertical, areas);
    if (!panesOf(child).includes(pane)) continue;
    if (node.vertical === vertical) child.weight += delta;
    grow(child, pane, vertical, areas, delta);
  }
}

function extentOf<Pane>(node: Node<Pane>, vertical: boolean, areas: Map<Pane, Area>): number {
  const parts = panesOf(node).flatMap((pane) => areas.get(pane) ?? []);
  const [from, size] = vertical ? (["col", "cols"] as const) : (["row", "rows"] as const);
  return Math.max(...parts.map((area) => area[from] + area[size])) - Math.min(...parts.map((area) => area[from]));
}
