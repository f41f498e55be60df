import { expect, test } from "vitest";
import { fitting, type Hosts, hasLayout, hostChoices } from "./hosts.ts";
import { emptyOrder, type Order } from "./order.ts";

const mac: Hosts = { usable: ["iterm2", "tmux", "pty"], setting: "auto" };
const linux: Hosts = { usable: ["tmux", "pty"], setting: "auto" };
const bare: Hosts = { usable: ["pty"], setting: "auto" };
const unknown: Hosts = { usable: undefined, setting: "auto" };
const order = (patch: Partial<Order>): Order => ({ ...emptyOrder, ...patch });

test("only what can open a terminal here is offered, and nothing where there is no choice", () => {
  expect(Object.keys(hostChoices(mac))).toEqual(["iterm2", "tmux", "pty"]);
  expect(Object.keys(hostChoices(linux))).toEqual(["tmux", "pty"]);
  expect(hostChoices(bare)).toEqual({});
  expect(Object.keys(hostChoices(unknown))).toEqual(["iterm2", "tmux", "pty"]);
});

test("a layout is offered where the worker would live in iTerm2", () => {
  expect(hasLayout(order({}), mac)).toBe(true);
  expect(hasLayout(order({ terminal: "tmux" }), mac)).toBe(false);
  expect(hasLayout(order({}), { ...mac, setting: "pty" })).toBe(false);
  expect(hasLayout(order({ terminal: "iterm2" }), { ...mac, setting: "pty" })).toBe(true);
  expect(hasLayout(order({}), linux)).toBe(false);
  expect(hasLayout(order({}), unknown)).toBe(true);
});

test("what is remembered from another machine or day is left out of the order", () => {
  const remembered = order({ terminal: "iterm2", at: "right" });
  expect(fitting(remembered, mac)).toEqual(remembered);
  expect(fitting(remembered, linux)).toEqual(order({}));
  expect(fitting(order({ terminal: "tmux" }), linux)).toEqual(order({ terminal: "tmux" }));
});
